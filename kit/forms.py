"""Every form stands on this one: a one-time key, the version that the person saw, and our own look."""

import re
from typing import Any, ClassVar, Self, cast
from unicodedata import category
from urllib.parse import quote
from uuid import UUID, uuid4

from django import forms
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict

from kit import form_keys

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""The marks of Unicode that turn the direction of all that follows, and so can make words say something else.

Letters that are written from right to left need none of them, and are welcome.
"""

TURNED = "There were hidden marks here that turn words around. We took them out: read it and send it again"
NOTHING_SEEN = "There is nothing here that can be seen. Write it once more"
EMPTIED = "You emptied “{label}”. Press the button again, and the words that stood here are gone for good."
TOO_LONG = "“{label}” is too long: %(show_value)d letters. Up to %(limit_value)d fit here"
NO_LETTER = "“{label}” holds a mark that is no letter and cannot be kept. Type it once more"
IN_OUR_WORDS = {"max_length": TOO_LONG, "null_characters_not_allowed": NO_LETTER}
"""What Django says without naming the box, by the code of its error."""

QUESTION_FIRST = "A question first"
NOT_SHOWN = "Not shown to you"
TOO_OLD = "This page had been open for a long time. What you wrote is still here: press the button again."


class Renderer(TemplatesSetting):
    """Renders every form of ours and of allauth with the same templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class Form(forms.Form):
    """A form with a one-time key; it says whether input is sensible and never saves.

    `key` and `seen` are read into attributes, so `cleaned_data` holds only what the action takes.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    use_required_attribute = False

    summary_above: ClassVar[bool] = False
    """Whether the page says what is not right above its own words, and not below: for pages of many words."""

    key: UUID | None = None
    seen: int | None = None

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                field.widget.attrs.pop("maxlength", None)  # a browser would cut words off without saying so
        self.digest = form_keys.digest_of(data) if data is not None else ""

    @classmethod
    def of(cls, row: models.Model, data: QueryDict | None = None, **kwargs: Any) -> Self:
        """Return the form that edits `row`: filled with its words, and remembering its version."""
        seen = {"seen_version": getattr(row, "version", None)}
        return cls(data, initial={**cls.words_of(row), **seen}, **kwargs)

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Return what `row` holds now, by field name; it fills the form and the conflict page."""
        return {name: getattr(row, name) for name in cls.base_fields if hasattr(row, name)}

    def standing(self, row: models.Model) -> dict[str, Any]:
        """Return what `row` holds now, with `NOT_SHOWN` for what whoever sends this form may not read."""
        return self.words_of(row)

    def full_clean(self) -> None:
        """Check the input, then take the key and the version out of it.

        Words with hidden marks are refused beside their field, in every form alike.
        """
        super().full_clean()
        if not self.is_bound:
            return
        self._refuse_hidden_words()
        self._name_the_box()
        self.key = self.cleaned_data.pop("form_key", None)
        self.seen = self.cleaned_data.pop("seen_version", None)
        if self.key is None:
            self._give_a_new_key()

    def _give_a_new_key(self) -> None:
        self.errors.pop("form_key", None)
        self.add_error(None, TOO_OLD)
        self._put("form_key", str(uuid4()))

    def _refuse_hidden_words(self) -> None:
        self._join_lines()
        texts = {name: text for name, text in self.cleaned_data.items() if isinstance(text, str)}
        for name, text in texts.items():
            if TURNING.search(text):
                self._put(name, TURNING.sub("", text))
                self.add_error(name, TURNED)
            elif text and all(category(letter)[0] in "CZ" for letter in text):
                self.add_error(name, NOTHING_SEEN)

    def _join_lines(self) -> None:
        """Keep words that were asked for in one line in one line; a browser sends no other."""
        for name, text in self.cleaned_data.items():
            if isinstance(text, str) and isinstance(self._widget_of(name), forms.TextInput):
                self.cleaned_data[name] = " ".join(text.splitlines())

    def _widget_of(self, name: str) -> forms.Widget | None:
        return self.fields[name].widget if name in self.fields else None

    def _name_the_box(self) -> None:
        for name, errors in self.errors.items():
            for error in errors.as_data():
                if words := IN_OUR_WORDS.get(error.code or ""):
                    error.message = words.format(label=self.fields[name].label)

    def _put(self, name: str, text: str) -> None:
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix(name)] = text
        self.data = data


class Asking(Form):
    """A form that asks once about what may be a slip; the same words, sent again, are taken.

    With `asks_about`, the name of a field, an action may ask about it: `cleaned_data["sure"]` then says
    whether these very words of the field were asked about before.
    """

    asks_about: ClassVar[str] = ""

    asked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self._asks: set[str] = set()

    def full_clean(self) -> None:
        """Check the input; a question is forgotten when the words it was about have changed."""
        super().full_clean()
        if not self.is_bound:
            return
        before = self.cleaned_data.pop("asked", "").split(",")
        self._put("asked", ",".join(each for each in before if each == self._about(each.partition(":")[0])))
        if self.asks_about:
            self.cleaned_data["sure"] = self.was_asked(self.asks_about)

    def ask(self, name: str, question: str) -> None:
        """Ask `question` beside the field `name`."""
        self._put("asked", ",".join(filter(None, [*self._asked_before(), self._about(name)])))
        self._asks.add(name)
        self.add_error(name, question)

    @property
    def summary_heading(self) -> str:
        """What stands over what is not right: a question alone is no problem; empty for the usual words."""
        return QUESTION_FIRST if self.errors and self.errors.keys() == self._asks else ""

    def was_asked(self, name: str) -> bool:
        """Return whether these very words of the field `name` were asked about before."""
        return self._about(name) in self._asked_before()

    def _asked_before(self) -> list[str]:
        return str(self.data.get(self.add_prefix("asked"), "")).split(",")

    def _about(self, name: str) -> str:
        return f"{name}:{quote(str(self.cleaned_data.get(name, self.data.get(self.add_prefix(name)))))}"


class Rewording(Asking):
    """A form that changes words which may be another's: it asks once more before any of them are emptied.

    Nothing would bring them back: the record says that a row was changed, never what it said before.
    """

    def full_clean(self) -> None:
        """Check the input, then ask once about each text that stood there and is empty now."""
        super().full_clean()
        for name in self._emptied_now() if self.is_bound else ():
            if not self.was_asked(name):
                self.ask(name, EMPTIED.format(label=self.fields[name].label))

    def _emptied_now(self) -> list[str]:
        if self.seen != self.initial.get("seen_version"):
            return []  # somebody else changed the row: the page with both texts comes first
        stood = {name for name, words in self.initial.items() if isinstance(words, str) and words.strip()}
        return [name for name, words in self.cleaned_data.items() if name in stood and words == ""]
