"""Reads text 0.0.4 from standard input as prometheus_client does, and prints what it has understood as JSON."""

import json
import sys

from prometheus_client.parser import text_string_to_metric_families

# Bytes, decoded by hand: reading text would turn a carriage return inside a label value into a line feed.
text = sys.stdin.buffer.read().decode("utf-8")

json.dump(
    [
        {
            "name": family.name,
            "type": family.type,
            "help": family.documentation,
            "samples": [
                # `repr`, since JSON has no infinities.
                {"name": sample.name, "labels": sample.labels, "value": repr(sample.value)}
                for sample in family.samples
            ],
        }
        for family in text_string_to_metric_families(text)
    ],
    sys.stdout,
)
