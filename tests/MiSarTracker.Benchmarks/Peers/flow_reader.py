"""Decodes every upload of band data of a flow dump with mitmproxy's own FlowReader and prints how many there were."""
import base64
import json
import sys
from urllib.parse import parse_qs

from mitmproxy.io import FlowReader

flows = uploads = minutes = 0
with open(sys.argv[1], "rb") as dump:
    for flow in FlowReader(dump).stream():
        flows += 1
        if "band_data" not in flow.request.path:
            continue
        uploads += 1
        fields = parse_qs(flow.request.get_content(strict=False).decode())
        for day in json.loads(fields["data_json"][0]):
            heart = base64.b64decode(day["data_hr"])
            minutes += sum(1 for value in heart if 0 < value < 254)
            for part in day["data"]:
                base64.b64decode(part["value"])
            json.loads(day["summary"])
print(json.dumps({"flows": flows, "uploads": uploads, "minutes": minutes}))
