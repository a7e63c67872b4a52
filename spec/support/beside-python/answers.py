# Evaluates expressions with libvirt's Python binding. The questions come as JSON on stdin: the URI, a program that
# prepares the objects, and the expressions. The answers go as JSON to stdout.
import json
import re
import sys

import libvirt

try:
    import libvirt_qemu
except ImportError:
    libvirt_qemu = None


# What makes rxvirt's shapes from Python's.


def named(values, names):
    return dict(zip(names.split(), values))


def renamed(values, names):
    """The names are pairs: 'libvirt_name:ourName'. A name that is newer stays."""
    new = dict(pair.split(":") for pair in names.split())
    return {new.get(name, name): value for name, value in values.items()}


def camel(values):
    return {re.sub("_(.)", lambda found: found[1].upper(), name): value for name, value in values.items()}


def word(number, words):
    return words.split()[number]


def on(bits):
    return [number for number, bit in enumerate(bits) if bit]


def numbers(text):
    ranges = [part.split("-") for part in text.split(",") if part]
    return [number for each in ranges for number in range(int(each[0]), int(each[-1]) + 1)]


def devices(text, key):
    parts = text.split(",") if text else []
    return [{"path": path, key: int(value)} for path, value in zip(parts[::2], parts[1::2])]


def version(number):
    return "%d.%d.%d" % (number // 1000000, number // 1000 % 1000, number % 1000)


def key(thing):
    return {"name": thing.name(), "uuid": thing.UUIDString()}


def domain(thing):
    number = thing.ID()
    return {**key(thing), "id": None if number == -1 else number}


def names(things):
    return sorted(name(each) for each in things)


def name(thing):
    for method in ["name", "getName", "portDev", "UUIDString"]:
        if hasattr(thing, method):
            return getattr(thing, method)()


def stats(found):
    return sorted(
        ({"domain": domain(each), "stats": values} for each, values in found),
        key=lambda each: each["domain"]["name"],
    )


def existing(values):
    return {name: value for name, value in values.items() if value != -1}


def branch(values, prefix, names):
    """Some of the values whose names begin with the prefix; None where there is none."""
    pairs = [pair.split(":") for pair in names.split()]
    return {new: values.get(prefix + old) for old, new in pairs}


def required(value):
    """For functions whose binding answers None instead of raising an error."""
    if value is None:
        raise libvirt.libvirtError("refused")
    return value


def plain(value):
    """Integers become texts, because JSON's numbers can't hold them all. True is 1."""
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, bytes):
        return "bytes " + value.hex()
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


def answer(expression, things):
    try:
        return {"value": plain(eval(expression, things))}
    except libvirt.libvirtError as error:
        return {"error": error.get_error_code()}
    except (AttributeError, NotImplementedError) as error:
        return {"lacks": str(error)}
    except Exception as error:
        return {"failed": repr(error)}


libvirt.registerErrorHandler(lambda *_: None, None)
questions = json.load(sys.stdin)
things = dict(globals())
things["conn"] = libvirt.open(questions["uri"])
exec(questions["setup"], things)
json.dump([answer(each, things) for each in questions["expressions"]], sys.stdout)
