"""Checks AWS CLI commands, one a line on standard input, against the API models of botocore.

Operations, options and required parameters have to exist. Where a command takes its parameters from
another one's answer, that answer is made up in full, changed as the command says, and has to be
valid input with nothing lost. Prints how many commands there were.
"""

import json
import re
import shlex
import subprocess
import sys

import botocore.session
import jmespath
from botocore import xform_name
from botocore.validate import ParamValidator

GLOBAL = {"region", "endpoint-url", "query", "output", "profile"}
SUBSTITUTION = re.compile(r'"\$\((.*)\)"')
# What an app client allows that lists no flow, by the API reference of CreateUserPoolClient.
WITHOUT_FLOWS = {"ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"}
session = botocore.session.get_session()


def sample(shape, depth=0):
    """An answer with every member."""
    if shape.type_name == "structure":
        return {name: sample(inner, depth + 1) for name, inner in shape.members.items()} if depth < 6 else {}
    if shape.type_name == "list":
        return [sample(shape.member, depth + 1)]
    if shape.type_name == "map":
        return {"key": sample(shape.value, depth + 1)}
    if getattr(shape, "enum", None):
        return shape.enum[0]
    if shape.type_name == "timestamp":
        return "2026-11-21T00:00:00Z"
    plain = {"boolean": True, "integer": 60, "long": 60, "float": 1.0, "double": 1.0}
    return plain.get(shape.type_name, "a-text-that-is-long-enough-for-all-of-them")


def operation(words):
    """Service, operation and options of one command without substitutions."""
    assert words.pop(0) == "aws", words
    service, name = words[0], words[1]
    model = session.get_service_model(service)
    names = {xform_name(known, "-"): known for known in model.operation_names}
    assert name in names, f"{service} has no {name}"
    found = model.operation_model(names[name])
    options, key = {}, None
    for word in words[2:]:
        if word.startswith("--"):
            key = word[2:]
            assert key not in options, f"--{key} twice"
            options[key] = []
        else:
            assert key, f"{word} belongs to no option"
            options[key].append(word)
    return found, options


def check(line):
    inner = SUBSTITUTION.search(line)
    output = None
    if inner:
        output = answered(inner.group(1))
        line = SUBSTITUTION.sub("OUTPUT", line)
    found, options = operation(shlex.split(line))
    members = found.input_shape.members if found.input_shape else {}
    flags = {xform_name(member, "-"): member for member in members}
    for option, values in options.items():
        assert values, f"--{option} has no value"
        assert option in GLOBAL or option in flags or option == "cli-input-json", f"--{option}"
    assert "region" in options, "no --region"
    if "query" in options:
        jmespath.compile(options["query"][0])
        if not inner:
            answer = sample(found.output_shape)
            assert jmespath.search(options["query"][0], answer) is not None, "finds nothing"
    if "cli-input-json" in options:
        changed, before = output
        report = ParamValidator().validate(changed, found.input_shape)
        assert not report.has_errors(), report.generate_report()
        taken = {name for name in before if name in members}
        assert taken <= set(changed), f"loses {taken - set(changed)}"
        lost = [name for name in taken if isinstance(before[name], list) and not all(item in changed[name] for item in before[name])]
        assert not lost, f"loses some of {lost}"
        changes = [name for name in changed if changed[name] != before.get(name)]
        assert changes, "changes nothing"
    else:
        required = found.input_shape.required_members if found.input_shape else []
        missing = [name for name in required if xform_name(name, "-") not in options]
        assert not missing, f"{missing} missing"
    if "policy-document" in options and inner:
        changed, before = output
        statements = changed["Statement"]
        assert statements[0] == before["Role"]["AssumeRolePolicyDocument"]["Statement"][0]
        assert len(statements) == 2 and statements[1]["Effect"] == "Allow", statements


def run_jq(program, answer):
    done = subprocess.run(["jq", program], input=json.dumps(answer), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def answered(line):
    """What the inner command prints for an answer with everything, and that answer."""
    command, _, jq = line.partition(" | jq ")
    found, options = operation(shlex.split(command))
    answer = sample(found.output_shape)
    before = answer
    if found.name == "GetRole":
        statement = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}
        answer["Role"]["AssumeRolePolicyDocument"] = {"Version": "2012-10-17", "Statement": [statement]}
    if found.name == "DescribeIdentityPool":
        # The opposite of what is asked for, and a pool without any provider is a case, too.
        answer["AllowUnauthenticatedIdentities"] = answer["AllowClassicFlow"] = False
        bare = {"IdentityPoolId": "x", "IdentityPoolName": "x", "AllowUnauthenticatedIdentities": False}
        changed = jmespath.search(options["query"][0], bare)
        assert changed
        # A provider that is listed keeps its token check, and gets no twin.
        for provider in changed.get("CognitoIdentityProviders", []):
            listed = {**provider, "ServerSideTokenCheck": True}
            changed = jmespath.search(options["query"][0], {**bare, "CognitoIdentityProviders": [listed]})
            assert changed["CognitoIdentityProviders"] == [listed], changed
    if found.name == "DescribeUserPoolClient":
        before = answer["UserPoolClient"]
        before["EnableTokenRevocation"] = False
        before["ExplicitAuthFlows"] = ["ALLOW_REFRESH_TOKEN_AUTH"]
    before = json.loads(json.dumps(before))
    if jq:
        (program,) = shlex.split(jq)
        if "ExplicitAuthFlows" in program:
            bare = {key: value for key, value in before.items() if key != "ExplicitAuthFlows"}
            for none in (bare, {**bare, "ExplicitAuthFlows": []}):
                flows = run_jq(program, {"UserPoolClient": none})["ExplicitAuthFlows"]
                assert WITHOUT_FLOWS <= set(flows), f"takes flows away: {flows}"
        return run_jq(program, answer), before
    if "query" in options:
        answer = jmespath.search(options["query"][0], answer)
        assert answer, "the inner command finds nothing"
    return answer, before


count = 0
for line in sys.stdin:
    try:
        check(line.strip())
    except (AssertionError, ValueError, KeyError, jmespath.exceptions.JMESPathError) as error:
        sys.exit(f"{error!r}\nin: {line}")
    count += 1
print(count)
