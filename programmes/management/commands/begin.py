"""`manage.py begin`: the first operator of a new installation."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import OperationalError, ProgrammingError

from kit.actions import Actor
from people.models import Person
from programmes import actions


class Command(BaseCommand):
    """Adds an operator, and prints the link with which they come in for the first time."""

    help = (
        "Adds somebody who runs this installation and prints a link that lets them in once. They add "
        "programmes and places at /installation/, each place with its first facilitator, who lets everybody "
        "else in. It stops when there is an operator already, unless --another is given. With "
        "--password-stdin the first line of the input becomes their password, and no link is printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is otherwise asked for."""
        parser.add_argument("--name", help="the name they go by")
        parser.add_argument("--email", help="the e-mail they sign in with")
        parser.add_argument("--password-stdin", action="store_true", help="read a password from the input")
        parser.add_argument("--another", action="store_true", help="add one more operator")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what was given, add the operator, and say what to do next."""
        name = _given(options["name"], "The name they go by: ")
        email = _checked_email(_given(options["email"], "The e-mail they sign in with: "))
        password = _checked_password(name, email) if options["password_stdin"] else None
        if not name or len(name) > 80:
            raise CommandError("A name has 1 to 80 letters.")
        try:
            operator = actions.add_operator(
                by=Actor(system="begin"),
                name=name,
                email=email,
                password=password,
                another=options["another"],
            )
        except actions.CannotBegin as reason:
            raise CommandError(str(reason)) from reason
        except (OperationalError, ProgrammingError) as reason:
            raise CommandError("The database is not ready: python3 manage.py migrate") from reason
        self._say_what_next(operator, has_password=password is not None)

    def _say_what_next(self, operator: Person, *, has_password: bool) -> None:
        self.stdout.write(f"{operator.name} runs this installation now.")
        if has_password:
            self.stdout.write("They sign in with their e-mail and password.")
        else:
            self.stdout.write("Start the pages if they are not running: python3 manage.py serve")
            self.stdout.write("Then open this link to come in. It works once, for three days:")
            self.stdout.write(actions.first_link_of(operator))


def _given(option: str | None, question: str) -> str:
    try:
        return (option if option is not None else input(question)).strip()
    except EOFError as nobody:
        raise CommandError("Nobody is there to answer. Give --name and --email.") from nobody


def _checked_email(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError("Give an e-mail address like name@example.org.") from error
    return email


def _checked_password(name: str, email: str) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(password, Person(name=name, email=email))
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
