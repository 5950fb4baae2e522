# SPDX-License-Identifier: EUPL-1.2
"""A PDF as qpdf's JSON, with ways to find and change what a break is about,
and back to a file."""
import base64
import json
import re
import subprocess


class Sample:
    """qpdf's JSON of a file, with ways to find the objects to break."""

    def __init__(self, document):
        self.document = document
        self.objects = document["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.catalog = self.value(self.trailer["/Root"])

    def value(self, reference):
        found = self.objects["obj:" + reference]
        return found["stream"]["dict"] if "stream" in found \
            else found["value"]

    def first(self, **wanted):
        """The first dictionary with these keys, '_' before the name."""
        for found in self.objects.values():
            value = found["stream"]["dict"] if "stream" in found \
                else found.get("value")
            if isinstance(value, dict) and all(
                    value.get("/" + key) == "/" + text
                    for key, text in wanted.items()):
                return value
        raise ValueError(f"the sample has no {wanted}")

    def edit(self, reference, pattern, text):
        stream = self.objects["obj:" + reference]["stream"]
        before = base64.b64decode(stream["data"])
        after, count = re.subn(pattern, text, before, count=1, flags=re.S)
        if count == 0:
            raise ValueError(f"stream {reference} has no {pattern}")
        stream["data"] = base64.b64encode(after).decode()

    def replace(self, reference, data):
        self.objects["obj:" + reference]["stream"]["data"] = \
            base64.b64encode(data).decode()

    def edit_page(self, pattern, text):
        """The first page on which the pattern is found."""
        for found in list(self.objects.values()):
            value = found.get("value")
            if isinstance(value, dict) and value.get("/Type") == "/Page":
                try:
                    return self.edit(value["/Contents"], pattern, text)
                except ValueError:
                    continue
        raise ValueError(f"no page has {pattern}")

    def add(self, value, data=None):
        """The reference of a new object."""
        reference = f"{90000 + len(self.objects)} 0 R"
        self.objects["obj:" + reference] = {"value": value} if data is None \
            else {"stream": {"dict": value,
                             "data": base64.b64encode(data).decode()}}
        return reference

    def hold(self, value, data=None):
        """A new object that the first page holds on to."""
        self.page().setdefault("/Held", []).append(self.add(value, data))

    def page(self):
        return self.first(Type="Page")

    def draw(self, form, content):
        """Makes the first page draw a form, inside its first artifact."""
        resources = self.value(self.page()["/Resources"]) if isinstance(
            self.page()["/Resources"], str) else self.page()["/Resources"]
        resources["/XObject"] = {"/X1": form}
        self.edit_page(rb"(/Artifact<</Type/\w+>>BDC)", rb"\1 " + content)

    def parents(self):
        """The first leaf of the parent tree."""
        root = self.value(self.catalog["/StructTreeRoot"])
        tree = self.value(root["/ParentTree"])
        return self.value(tree["/Kids"][0])["/Nums"]

    def outline(self):
        return self.value(self.value(self.catalog["/Outlines"])["/First"])

    def font(self):
        return self.first(Type="Font", Subtype="CIDFontType2")


def read(path):
    done = subprocess.run(["qpdf", "--json-output", "--decode-level="
                           "generalized", "--json-stream-data=inline", path],
                          capture_output=True, check=True)
    return json.loads(done.stdout)


def written(document, folder):
    """The path of the PDF that qpdf makes of the JSON."""
    numbers = [int(name[4:].split()[0]) for name in document["qpdf"][1]
               if name.startswith("obj:")]
    document["qpdf"][0]["maxobjectid"] = max(numbers)
    source, path = folder / "broken.json", folder / "broken.pdf"
    source.write_text(json.dumps(document))
    subprocess.run(["qpdf", "--json-input", source, path], check=True,
                   capture_output=True)
    return str(path)
