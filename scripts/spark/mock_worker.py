"""Speaks the protocol of `gouji worker` and reads no document: what tests of the job itself need, in no time.

usage: mock_worker.py [SECONDS]    each document takes that long; one whose id begins with 'poison' has no record
"""

import json
import sys
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 0.02
for line in sys.stdin:
    request = json.loads(line)
    time.sleep(seconds)
    reply = {"v": 1, "id": request["id"], "status": "complete", "reason": None, "record": {"format": "gouji.record/1", "source": request["source"]}}
    if request["id"].startswith("poison"):
        reply.update(status="failed", reason="crashed", record=None)
    print(json.dumps(reply), flush=True)
