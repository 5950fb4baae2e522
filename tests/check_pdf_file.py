# SPDX-License-Identifier: EUPL-1.2
"""A PDF as qpdf gives it in JSON: objects, pages, content, structure.

Nothing here judges; check_pdf.py does. References are texts like "12 0 R".
"""
import base64
import dataclasses
import json
import re
import subprocess

REFERENCE = re.compile(r"\d+ \d+ R$")
TOKEN = re.compile(rb"\((?:\\.|[^()\\])*\)|<<|>>|<[0-9A-Fa-f\s]*>"
                   rb"|/[^\s<>\[\]()/%]*|[\[\]]|[^\s<>\[\]()/%]+")
OPERAND = re.compile(rb"[-+.\d/<>\[\]()]|true$|false$|null$")


def operators(content):
    """Yields (operator, operands); arrays and dictionaries stay flat."""
    operands = []
    for match in TOKEN.finditer(content):
        token = match.group()
        if OPERAND.match(token):
            operands.append(token)
        else:
            yield token, operands
            operands = []


@dataclasses.dataclass
class Element:
    """One structure element, with its place in the tree."""
    reference: str
    role: str
    parent: "Element"
    value: dict
    language: str
    kids: list = dataclasses.field(default_factory=list)
    marks: list = dataclasses.field(default_factory=list)  # (page, mark)
    objects: list = dataclasses.field(default_factory=list)
    parts: list = dataclasses.field(default_factory=list)  # marks and kids

    def text(self, key):
        return text_of(self.value.get(key))

    def above(self, *roles):
        """The nearest element above with one of the roles, or None."""
        up = self.parent
        while up is not None and up.role not in roles:
            up = up.parent
        return up


def text_of(value):
    """A text string without qpdf's mark; "" for none."""
    return value[2:].strip() if isinstance(value, str) else ""


def inside(value):
    """Yields what an array or dictionary holds, at every depth."""
    for one in value.values() if isinstance(value, dict) else \
            value if isinstance(value, list) else ():
        yield one
        yield from inside(one)


def read(path):
    done = subprocess.run(
        ["qpdf", "--json=2", "--json-key=qpdf", "--decode-level="
         "generalized", "--json-stream-data=inline", path],
        capture_output=True, check=False)
    return json.loads(done.stdout)


class Pdf:
    """A file; or what qpdf's JSON said of it, changed since."""

    def __init__(self, path, said=None):
        self.path = path
        self.header, self.objects = (said or read(path))["qpdf"]
        self.trailer = self.objects["trailer"]["value"]
        self.catalog = self.get(self.trailer["/Root"])

    def get(self, value):
        """What a value or a reference stands for; a stream's dictionary."""
        for _ in range(9):
            if not (isinstance(value, str) and REFERENCE.match(value)):
                return value
            found = self.objects.get("obj:" + value, {"value": None})
            value = found["stream"]["dict"] if "stream" in found \
                else found["value"]
        return None

    def list(self, value):
        """A value that may be one thing or an array of them, as a list."""
        value = value if value is None or isinstance(self.get(value), dict) \
            else self.get(value)
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def is_stream(self, reference):
        return "stream" in self.objects.get(f"obj:{reference}", {})

    def data(self, reference):
        return base64.b64decode(
            self.objects["obj:" + reference]["stream"]["data"])

    def pages(self, node=None):
        """Yields (reference, page) in order."""
        node = self.catalog["/Pages"] if node is None else node
        value = self.get(node)
        if value.get("/Type") != "/Pages":
            yield node, value
            return
        for kid in self.get(value["/Kids"]):
            yield from self.pages(kid)

    def values(self, deep=False):
        """Yields (object, value) of every object, a stream's dictionary for a
        stream; when deep, of everything inside as well."""
        for name, found in self.objects.items():
            value = found["stream"]["dict"] if "stream" in found \
                else found.get("value")
            yield name, value
            if deep:
                yield from ((name, inner) for inner in inside(value))

    def has_object_streams(self):
        with open(self.path, "rb") as file:
            data = file.read()
        return b"/ObjStm" in data or b"/Type /XRef" in data

    def contents(self):
        """Yields (where, content, resources) of every page and of every form
        that a page draws, each form as often as it is drawn."""
        for number, (_, page) in enumerate(self.pages(), 1):
            yield from self._drawn(f"page {number}", self.content(page),
                                   self.get(page.get("/Resources")) or {}, ())

    def _drawn(self, where, content, resources, above):
        yield where, content, resources
        forms = self.get(resources.get("/XObject")) or {}
        for operator, operands in operators(content):
            reference = forms.get(operands[-1].decode()) \
                if operator == b"Do" else None
            value = self.get(reference) or {}
            if value.get("/Subtype") == "/Form" and reference not in above:
                yield from self._drawn(
                    f"{where}, form {reference}", self.data(reference),
                    self.get(value.get("/Resources")) or resources,
                    above + (reference,))

    def content(self, page):
        return b"\n".join(self.data(one)
                          for one in self.list(page.get("/Contents")))

    def numbers(self, node):
        """A number tree as a dictionary."""
        value = self.get(node) or {}
        pairs = self.get(value.get("/Nums", []))
        found = dict(zip(pairs[::2], pairs[1::2]))
        for kid in self.get(value.get("/Kids", [])):
            found.update(self.numbers(kid))
        return found

    def elements(self):
        """Every structure element in reading order, kids filled in."""
        root = self.get(self.catalog.get("/StructTreeRoot")) or {}
        found = []
        for kid in self.list(root.get("/K")):
            self._element(kid, None, text_of(self.catalog.get("/Lang")),
                          found)
        return found

    def _element(self, reference, parent, language, found):
        value = self.get(reference)
        element = Element(reference, value.get("/S", "/?")[1:], parent, value,
                          text_of(value.get("/Lang")) or language)
        found.append(element)
        page = value.get("/Pg")
        for kid in self.list(value.get("/K")):
            target = self.get(kid)
            if isinstance(target, int):
                element.marks.append((page, target))
                element.parts.append((page, target))
            elif target.get("/Type") == "/MCR":
                element.marks.append((target.get("/Pg", page),
                                      target["/MCID"]))
                element.parts.append(element.marks[-1])
            elif target.get("/Type") == "/OBJR":
                element.objects.append(target["/Obj"])
            else:
                element.kids.append(self._element(kid, element,
                                                  element.language, found))
                element.parts.append(element.kids[-1])
        return element
