#!/usr/bin/env python3
"""Reads a calendar file by RFC 5545 alone and prints its events as JSON; any breach of the format is an error.

Checks: CRLF line ends, at most 75 octets a line, unfolding, BEGIN/END nesting, one UID and DTSTAMP an event, escaped texts.
"""
import json
import re
import sys

LINE = re.compile(r'^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$', re.S)
DURATION = re.compile(r"^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$")


def unfold(raw):
    assert raw.endswith(b"\r\n"), "the file does not end with CRLF"
    physical = raw[:-2].split(b"\r\n")
    logical = []
    for number, line in enumerate(physical, 1):
        assert b"\n" not in line and b"\r" not in line, f"line {number}: a bare line end"
        assert len(line) <= 75, f"line {number}: {len(line)} octets"
        if line[:1] in (b" ", b"\t"):
            logical[-1] += line[1:]
        else:
            logical.append(line)
    return [line.decode("utf-8") for line in logical]


def text(value):
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), f"an unescaped comma or semicolon: {value}"
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def minutes(value):
    sign, weeks, days, hours, mins, secs = DURATION.match(value).groups()
    total = int(weeks or 0) * 10080 + int(days or 0) * 1440 + int(hours or 0) * 60 + int(mins or 0) + int(secs or 0) / 60
    return int(-total if sign == "-" else total)


def main():
    stack, events, event = [], [], None
    for line in unfold(sys.stdin.buffer.read()):
        match = LINE.match(line)
        assert match, f"no content line: {line}"
        name, parameters, value = match[1].upper(), match[2].upper(), match[3]
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                assert stack == ["VCALENDAR", "VEVENT"], stack
                event = {"alarms": []}
            continue
        if name == "END":
            assert stack and stack.pop() == value, f"END:{value} closes nothing"
            if value == "VEVENT":
                assert {"uid", "stamp", "start"} <= event.keys(), event
                events.append(event)
            continue
        if stack == ["VCALENDAR", "VEVENT"]:
            key = {"UID": "uid", "DTSTAMP": "stamp", "DTSTART": "start", "DTEND": "end", "SUMMARY": "summary", "DESCRIPTION": "description", "STATUS": "status", "SEQUENCE": "sequence"}.get(name)
            if key:
                assert key not in event, f"{name} twice"
                event[key] = text(value) if key in ("summary", "description") else int(value) if key == "sequence" else value
            if name == "DTSTART":
                event["startType"] = "DATE" if "VALUE=DATE" in parameters.split(";") and re.fullmatch(r"\d{8}", value) else "DATE-TIME"
        if stack[-1:] == ["VALARM"] and name == "TRIGGER":
            event["alarms"].append(minutes(value))
    assert not stack, f"{stack} is not closed"
    assert len({e["uid"] for e in events}) == len(events), "a UID twice"
    json.dump(events, sys.stdout)


main()
