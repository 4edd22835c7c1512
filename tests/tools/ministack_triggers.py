"""Custom sign-in at ministack: two questions, the second after a wrong answer.

Three functions in the form of AWS Lambda; ministack_setup.py hands them over and ministack runs them. Where the
password is proven first, by SRP, the questions follow it.
"""

ANSWERS = {"pond": "frog", "sky": "lark"}


def define(event, _context):
    """What comes next, from what was answered so far."""
    rounds, response = event["request"]["session"], event["response"]
    asked = [one for one in rounds if one["challengeName"] == "CUSTOM_CHALLENGE"]
    response["issueTokens"] = bool(asked) and asked[-1]["challengeResult"] is True
    response["failAuthentication"] = len(asked) == 2 and not response["issueTokens"]
    if len(rounds) == 1 and rounds[0]["challengeName"] == "SRP_A":
        response["challengeName"] = "PASSWORD_VERIFIER"
    elif not response["issueTokens"] and not response["failAuthentication"]:
        response["challengeName"] = "CUSTOM_CHALLENGE"
    return event


def create(event, _context):
    """The question, which everybody may see, and its answer, which nobody sees."""
    asked = [one for one in event["request"]["session"] if one["challengeName"] == "CUSTOM_CHALLENGE"]
    place = "sky" if asked else "pond"
    event["response"]["publicChallengeParameters"] = {"question": f"Who lives in the {place}?"}
    event["response"]["privateChallengeParameters"] = {"answer": ANSWERS[place]}
    event["response"]["challengeMetadata"] = place
    return event


def verify(event, _context):
    """Whether the answer is right."""
    request = event["request"]
    right = request["privateChallengeParameters"]["answer"]
    event["response"]["answerCorrect"] = request["challengeAnswer"] == right
    return event
