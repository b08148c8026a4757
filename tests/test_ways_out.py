"""The only ways out of the service, read off its code: each goes through the gate.

The credits platform is the one exception: it has to know the client.
"""

import ast
from collections.abc import Iterator

import pytest

from casework.identifiers import Whose
from integrations.hubspot import calls
from integrations.hubspot.calls import Call
from tests.test_house_rules import ROOT, tracked_files


def all_calls() -> list[Call]:
    return [found for found in vars(calls).values() if isinstance(found, Call)]


#: Nothing of the service that runs for others: it may do what it likes.
APART = {"sandbox", "tests", "bench", "docs"}

#: Whatever can talk to the network or to another process.
CAN_TALK = {
    "aiohttp", "asyncio", "ctypes", "ftplib", "hubspot", "http", "httpx", "imaplib",
    "multiprocessing", "poplib", "psycopg", "psycopg_pool", "pycurl", "requests", "select",
    "selectors", "smtplib", "socket", "socketserver", "ssl", "subprocess", "syslog", "telnetlib",
    "urllib", "urllib3", "webbrowser", "websocket", "xmlrpc",
}  # fmt: skip
#: Parts of those that only take texts apart, or are another module's errors and rules.
HARMLESS = {"urllib.parse", "urllib3.exceptions", "urllib3.util.retry", "requests.auth",
            "requests.adapters", "requests.utils"}  # fmt: skip

MAY_TALK = {
    "integrations/credits_api.py": {"requests"},  # the one exception
    "integrations/hubspot/client.py": {"hubspot"},  # behind attempt(), which checks
    "integrations/hubspot/submissions.py": {"requests"},  # through the client's attempt()
    "integrations/hubspot/form_submit.py": {"requests"},  # as well: the canary's form
    "integrations/hubspot/faults.py": {"requests"},  # names of its errors
    "integrations/requests_rules.py": {"requests"},  # the type of what it signs
    "integrations/mail.py": {"smtplib", "ssl"},  # behind _write(), which checks
    # The database, where people's data is at home: sealed, as in a file.
    "storage/postgres_pool.py": {"psycopg", "psycopg_pool"},
    "storage/postgres_errors.py": {"psycopg"},
    "storage/postgres_announcer.py": {"psycopg"},
    "storage/postgres_connection.py": {"psycopg"},
    "storage/postgres_keys.py": {"psycopg"},
    "storage/postgres_held.py": {"psycopg"},
}

#: What sends, by file and function; and the only functions that may name each of these.
SENDS = {
    ("integrations/credits_api.py", "_send"): {"grant", "find_grant", "find_client_name"},
    ("integrations/hubspot/client.py", "_send"): {"call"},
    ("integrations/hubspot/submissions.py", "_send"): {"read_page"},
    ("integrations/hubspot/form_submit.py", "_send"): {"submit"},
    ("integrations/mail.py", "_hand_over"): {"_deliver"},
}
#: Calls that hand bytes to somebody, whatever they are called on.
SENDING = {
    "call_api", "request", "urlopen", "send_message", "sendmail", "sendall", "sendto", "connect",
    "create_connection", "putrequest", "Popen", "run_command", "system", "popen", "delete", "patch",
    "execv", "execve", "fork", "getresponse",
}  # fmt: skip
#: Those of an object that may be a session; elsewhere they are a dictionary's.
OF_A_SESSION = {"get", "post", "put", "head", "send", "options"}
#: The same words, and nothing leaves.
NOTHING_LEAVES = {
    ("storage/sqlite.py", "_connect"),  # to the file
    ("storage/sqlite_held.py", "_connect"),
    # To the operator's own database, in which all that is sensitive is sealed, as in the file.
    ("storage/postgres_connection.py", "connect"),
    ("storage/postgres.py", "_prepare"),
    ("storage/postgres_keys.py", "find_key_check"),
    ("storage/postgres_announcer.py", "_run"),
    ("storage/postgres_lanes.py", "_run"),
    ("storage/postgres_held.py", "_alone"),
    ("storage/sqlite_backup.py", "_open"),  # a file
    ("storage/sqlite_keys.py", "find_key_check"),  # to the file
    ("integrations/mail.py", "send"),  # a mailer's, which is SmtpMailer's own
    ("casework/notify.py", "_send"),  # the port Mailer
}


def service_modules() -> dict[str, ast.Module]:
    files = [file.relative_to(ROOT) for file in tracked_files() if file.suffix == ".py"]
    ours = [file for file in files if file.parts[0] not in APART and file.name != "run.py"]
    assert len(ours) > 80
    return {str(file): ast.parse((ROOT / file).read_text(encoding="utf-8")) for file in ours}


MODULES = service_modules()


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def talks(module: ast.Module) -> set[str]:
    """What the module imports of what can talk."""
    return {name.partition(".")[0] for name in imported(module) if _can_talk(name)}


def _can_talk(name: str) -> bool:
    within = any(name == part or name.startswith(f"{part}.") for part in HARMLESS)
    return name.partition(".")[0] in CAN_TALK and not within


def test_only_a_few_modules_can_talk_to_anybody() -> None:
    found = {name: talks(module) for name, module in MODULES.items()}
    assert {name: ways for name, ways in found.items() if ways} == MAY_TALK


def test_a_key_service_gets_the_keyset_and_nothing_else() -> None:
    """Tink's clients of clouds can talk as well: one module has them, and one opens keysets."""
    found = {
        name
        for name, module in MODULES.items()
        if any(one.startswith("tink.integration") for one in imported(module))
    }
    users = {
        name
        for name, module in MODULES.items()
        if "storage.key_services.KeyServiceAead" in imported(module)
    }
    assert (found, users) == ({"storage/key_services.py"}, {"storage/keysets.py"})


def test_no_module_starts_a_process_or_imports_by_name() -> None:
    never = {"system", "popen", "spawnl", "spawnv", "execv", "execve", "posix_spawn", "fork"}
    never |= {"__import__", "import_module", "eval", "exec", "run_module", "urlopen"}
    found = {
        (name, called(node))
        for name, module in MODULES.items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and called(node) in never
    }
    assert found == set()


def called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def calls_in(function: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(function) if isinstance(node, ast.Call))


def sends(node: ast.Call, name: str) -> bool:
    word = called(node)
    owner = ast.unparse(node.func)
    talking = "session" in owner or owner.partition(".")[0] in CAN_TALK
    return word in SENDING or (name in MAY_TALK and word in OF_A_SESSION and talking)


def test_what_sends_stands_in_a_few_functions() -> None:
    found = {
        (name, function.name)
        for name, module in MODULES.items()
        for function in functions(module)
        if any(sends(node, name) for node in calls_in(function))
    }
    assert found - NOTHING_LEAVES == set(SENDS)


@pytest.mark.parametrize(("place", "callers"), SENDS.items(), ids=str)
def test_what_sends_is_called_by_the_function_that_checks(
    place: tuple[str, str], callers: set[str]
) -> None:
    """As ``self._send`` in its own file; no other module may name it."""
    file, sender = place
    found = {
        function.name
        for function in functions(MODULES[file])
        if any(called(node) == sender for node in calls_in(function))
    }
    assert found == callers
    elsewhere = {
        name
        for name, module in MODULES.items()
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and node.attr in {"_api", "_session", "access_token"}
        and not ast.unparse(node).startswith("self.")
        and name != file
    }
    assert elsewhere <= {"integrations/hubspot/submissions.py"}


def function_of(file: str, name: str) -> ast.FunctionDef:
    (found,) = [function for function in functions(MODULES[file]) if function.name == name]
    return found


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("integrations/hubspot/client.py", "call"),
        ("integrations/hubspot/submissions.py", "read_page"),
    ],
)
def test_hubspot_is_sent_to_only_within_an_attempt(file: str, name: str) -> None:
    """The sending stands in the lambda that is handed to ``attempt``."""
    within = [
        inner
        for node in calls_in(function_of(file, name))
        if called(node) == "attempt"
        for argument in node.args
        if isinstance(argument, ast.Lambda)
        for inner in calls_in(argument)
        if called(inner) == "_send"
    ]
    all_of_them = [n for n in calls_in(function_of(file, name)) if called(n) == "_send"]
    assert len(within) == len(all_of_them) == 1


def test_an_attempt_checks_before_anything_else() -> None:
    first = function_of("integrations/hubspot/client.py", "attempt").body[2]
    assert ast.unparse(first).startswith("self._gate.check(")
    assert "units, may_name=call.may_name" in ast.unparse(first)


def test_a_mail_is_checked_before_there_is_a_message() -> None:
    checked, *_ = function_of("integrations/mail.py", "_write").body
    assert ast.unparse(checked) == (
        "self._gate.check(f'{SERVICE}: {OPERATION}', "
        "[[written.subject, written.text, written.html]])"
    )
    sending = ast.unparse(function_of("integrations/mail.py", "_deliver"))
    assert sending.index("self._write(to, written, id)") < sending.index("self._attempt(")


def test_only_two_calls_may_name_anybody() -> None:
    """The professional, whose contact is looked up, and who fills in the canary's form."""
    named = {call.operation: call.may_name for call in all_calls() if call.may_name}
    assert named == {
        calls.READ_CONTACT_BY_ADDRESS.operation: {Whose.PROFESSIONAL},
        calls.SUBMIT_FORM.operation: {Whose.PROFESSIONAL},
    }
    used = {
        (name, function.name)
        for name, module in MODULES.items()
        for function in functions(module)
        if any(
            node.id == "READ_CONTACT_BY_ADDRESS"
            for node in ast.walk(function)
            if isinstance(node, ast.Name)
        )
    }
    assert used == {
        ("integrations/hubspot/contacts.py", "find_form_copy"),
        ("integrations/hubspot/finder.py", "read_professional"),  # the canary's own
    }


def test_only_the_look_up_of_a_professional_speaks_of_an_address() -> None:
    """Beside the two functions that hand it on."""
    given = {
        (name, function.name, ast.unparse(keyword.value))
        for name, module in MODULES.items()
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "spoken_of"
    }
    assert given == {
        ("integrations/hubspot/contacts.py", "find_form_copy", "professional_email"),
        ("integrations/hubspot/batches.py", "read", "spoken_of"),
        ("integrations/hubspot/client.py", "attempt", "spoken_of"),
    }


def test_clients_and_mailers_are_made_in_one_place_with_a_gate() -> None:
    made = {
        (
            name,
            called(node),
            next((ast.unparse(k.value) for k in node.keywords if k.arg == "gate"), ""),
        )
        for name, module in MODULES.items()
        for node in calls_in(module)
        if called(node) in {"HubSpotClient", "SmtpMailer"}
    }
    assert made == {
        ("parts.py", "HubSpotClient", "gate"),
        ("parts.py", "SmtpMailer", "gate"),
    }
    open_gates = {
        name for name, module in MODULES.items() if "GateBeforeAnything" in imports(module)
    }
    # Before the first start, and with keys that do not fit, the doctor has no store either.
    without_store = {"commands/setting_up.py", "commands/doctor.py"}
    assert open_gates == without_store, "only where there is no store yet"


def imports(module: ast.Module) -> set[str]:
    return {name.rpartition(".")[2] for name in imported(module)}
