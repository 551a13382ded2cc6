"""mitmdump add-on: the vendor's host names lead to the local server of the test, and nothing else leads anywhere."""
import os


def server_connect(data):
    data.server.address = ("127.0.0.1", int(os.environ["MISAR_TEST_UPSTREAM_PORT"]))
