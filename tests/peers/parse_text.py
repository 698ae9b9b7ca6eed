"""Reads an exposition from standard input as prometheus_client does, and prints what it has understood as JSON.

It reads text 0.0.4, with the argument `openmetrics` OpenMetrics 1.0, as strictly as the client can.
"""

import json
import sys

from prometheus_client import parser
from prometheus_client.openmetrics import parser as strict_parser

is_openmetrics = sys.argv[1:] == ["openmetrics"]
read = (strict_parser if is_openmetrics else parser).text_string_to_metric_families

# Bytes, decoded by hand: reading text would turn a carriage return inside a label value into a line feed.
text = sys.stdin.buffer.read().decode("utf-8")


def exemplar(sample):
    own = sample.exemplar
    return own and {"labels": own.labels, "value": repr(own.value)}


json.dump(
    [
        {
            "name": family.name,
            "type": family.type,
            "help": family.documentation,
            "unit": family.unit,
            "samples": [
                # `repr`, since JSON has no infinities.
                {"name": sample.name, "labels": sample.labels, "value": repr(sample.value), "exemplar": exemplar(sample)}
                for sample in family.samples
            ],
        }
        for family in read(text)
    ],
    sys.stdout,
)
