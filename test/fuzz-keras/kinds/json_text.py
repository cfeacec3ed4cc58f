"""Kinds that change the JSON as text."""

import codecs

from kinds import kind, some


def edit(mutant, change):
    mutant.text_edits.append(lambda text: change(text.decode("utf8", "surrogateescape") if isinstance(text, bytes) else text))


@kind("text", neutral=True)
def indented(mutant):
    dump, indent = mutant.dump, mutant.rng.choice((None, 1, 4))
    mutant.dump = lambda tree, **more: dump(tree, **{"indent": indent, "separators": (",", ":"), **more})


@kind("text", neutral=True)
def spaces_everywhere(mutant):
    dump = mutant.dump
    separators = some(mutant.rng, [(" ,  ", " : "), (",", ":"), (", ", " : "), ("\n,", ":\t")])
    mutant.dump = lambda tree, **more: dump(tree, **{"separators": separators, **more})


@kind("text", neutral=True)
def keys_sorted(mutant):
    dump = mutant.dump
    mutant.dump = lambda tree, **more: dump(tree, sort_keys=plain(tree), **more)


def plain(tree):
    if isinstance(tree, dict):
        return all(type(key) is str and plain(value) for key, value in tree.items())
    return all(map(plain, tree)) if isinstance(tree, list) else True


@kind("text")
def whitespace_around(mutant):
    space = some(mutant.rng, [" ", "\n", "\t", "\r\n", "\v", "\f", "\u00a0", "\0", "\u2028", "\x1f"])
    front = mutant.rng.random() < 0.5
    edit(mutant, lambda text: space + text if front else text + space)
    mutant.say(f"{space!r} {'in front' if front else 'behind'}")


@kind("text")
def whitespace_inside(mutant):
    space = some(mutant.rng, [" ", "\n", "\t", "\r"] if mutant.rng.random() < 0.6 else ["\v", "\f", "\u00a0", "\0", "/**/", "\u200b"])
    mark = some(mutant.rng, [key for key in ('"batch_shape"', '"batch_input_shape"', '"class_name"', '"config"', '"layers"', '"module"', '"registered_name"') if key in mutant.text])
    edit(mutant, lambda text: text.replace(mark + ":", mark + space + ":"))
    mutant.say(f"{space!r} behind {mark}")


@kind("text")
def encoded_otherwise(mutant):
    form = some(mutant.rng, ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "utf-7"])
    edit(mutant, lambda text: text.encode(form, "replace"))
    mutant.say(form)


@kind("text")
def bytes_that_are_no_text(mutant):
    broken = some(mutant.rng, [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xe9", codecs.BOM_UTF8])
    edit(mutant, lambda text: text.encode().replace(b'"name": "', b'"name": "' + broken, 1))
    mutant.say(f"{broken!r}")


@kind("text")
def something_behind(mutant):
    more = some(mutant.rng, ["{}", "x", "}", '{"class_name": "Functional"}', ",", "null", "\0\0", "\n\n#", "//"])
    edit(mutant, lambda text: text + more)
    mutant.say(repr(more))


@kind("text")
def cut_short(mutant):
    share = mutant.rng.random()
    edit(mutant, lambda text: text[: int(len(text) * share)])


@kind("text")
def written_as_javascript(mutant):
    old, new = some(mutant.rng, [('"', "'"), ("null", "None"), ("true", "True"), ("}]", "},]"), (": 1,", ": +1,"), (": 0,", ": 00,"), (": 1", ": 1."), ("true", "1"), ("false", "0"), ("null", "NaN")])
    edit(mutant, lambda text: text.replace(old, new))
    mutant.say(f"{old} as {new}")


@kind("text")
def escaped(mutant):
    """All names in \\u escapes, or with escapes that need not be."""
    word = some(mutant.rng, ["batch_shape", "alpha", "negative_slope", "class_name", "activation", "layers", "keras_history", "DTypePolicy", "Functional", "same", "kernel_size"])
    spelled = "".join(f"\\u{ord(c):04{some(mutant.rng, 'xX')}}" for c in word)
    edit(mutant, lambda text: text.replace(f'"{word}"', f'"{spelled}"'))
    mutant.say(word)


@kind("text")
def surrogate(mutant):
    spelled = some(mutant.rng, ["\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u0000", "\\u00e9", "e\\u0301", "\\/", "\\b"])
    edit(mutant, lambda text: text.replace('"name": "', f'"name": "{spelled}', 1))
    mutant.say(spelled)
