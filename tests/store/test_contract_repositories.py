"""The contract of settings, kits, registers, projects, packages and certificates, kept by every store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.errors import StorageProblem
from models.domain.project import Project, ProjectYear
from services.ports.store import StoredKit
from tests.store.conftest import Desk
from tests.store.samples import (
    CLAIMS,
    NOW,
    SCHOOL,
    TOWN,
    certificate,
    decision,
    entry,
    figures,
    filing,
    kit,
    later,
    package,
    refused,
)


def test_settings_are_any_json_value(desk: Desk):
    values = {"text": "王芳", "number": 3, "yes": True, "list": ["a", 1], "map": {"甲": None}, "no": False}
    with desk.store.writing() as work:
        for key, value in values.items():
            work.settings.put(key, value)
        work.settings.put("number", 4)
        work.commit()
    with desk.store.reading() as work:
        assert {key: work.settings.get(key) for key in values} == {**values, "number": 4}
        assert work.settings.get("nothing") is None


def test_running_numbers_begin_at_one_and_are_kept_apart(desk: Desk):
    with desk.store.writing() as work:
        assert [work.settings.next_number("package") for _ in range(3)] == [1, 2, 3]
        assert work.settings.next_number("receipt") == 1
        work.commit()
    with desk.store.writing() as work:
        assert work.settings.next_number("package") == 4


def test_a_kit_comes_back_whole_and_the_last_one_taken_in_is_current(desk: Desk):
    with desk.store.writing() as work:
        work.kits.add(kit(1), "", NOW)
        work.kits.add(kit(2), "d2", later(1))
        work.kits.add(kit(1, working_year=2025), "d3", later(2))
        work.commit()
    with desk.store.reading() as work:
        assert work.kits.current(2026) == StoredKit(kit(2), "d2", later(1), is_current=True)
        assert work.kits.current(2024) is None
        assert list(work.kits.all()) == [
            StoredKit(kit(1, working_year=2025), "d3", later(2), is_current=True),
            StoredKit(kit(2), "d2", later(1), is_current=True),
            StoredKit(kit(1), "", NOW, is_current=False),
        ]


def test_a_kit_taken_in_again_is_kept_once_and_becomes_current(desk: Desk):
    with desk.store.writing() as work:
        for version, minutes in ((1, 0), (2, 1), (1, 2)):
            work.kits.add(kit(version), f"d{version}", later(minutes))
        work.commit()
        assert [stored.kit.version for stored in work.kits.all()] == [1, 2]
        current = work.kits.current(2026)
        assert current is not None
        assert current.kit.version == 1


def test_a_kits_head_tells_its_tasks_and_one_units_lines(desk: Desk):
    whole = replace(kit(2), register=(entry(1), entry(2, unit_code=SCHOOL.code)))
    with desk.store.writing() as work:
        work.kits.add(kit(1), "d1", NOW)
        work.kits.add(whole, "d2", later(1))
        work.kits.add(kit(1, working_year=2025), "d3", later(2))
        work.commit()
    with desk.store.reading() as work:
        head = work.kits.current_head(2026, SCHOOL.code)
        assert head is not None
        assert (head.name, head.version, head.working_year) == (whole.name, 2, 2026)
        assert head.tasks == whole.tasks
        assert head.register == (entry(2, unit_code=SCHOOL.code),)
        assert work.kits.current_head(2024, SCHOOL.code) is None
        assert list(work.kits.working_years()) == [2026, 2025]


def test_units_are_added_replaced_and_removed_by_code(desk: Desk):
    with desk.store.writing() as work:
        work.registers.put_units([SCHOOL, TOWN])
        work.registers.put_units([replace(TOWN, contact_phone="0599-1234567")])
        work.commit()
        assert list(work.registers.units()) == [replace(TOWN, contact_phone="0599-1234567"), SCHOOL]
        work.registers.remove_unit(TOWN.code)
        work.registers.remove_unit("nobody")
        work.registers.put_units([])
        assert list(work.registers.units()) == [SCHOOL]


def test_the_project_register_is_replaced_by_year_and_keeps_its_order(desk: Desk):
    with desk.store.writing() as work:
        work.registers.replace_entries(2027, [entry(3), entry(1), entry(2, unit_code=SCHOOL.code)])
        work.registers.replace_entries(2026, [entry(9, 2026)])
        work.commit()
        assert list(work.registers.entries(2027)) == [entry(3), entry(1), entry(2, unit_code=SCHOOL.code)]
        assert list(work.registers.entries(2027, SCHOOL.code)) == [entry(2, unit_code=SCHOOL.code)]
        work.registers.replace_entries(2027, [replace(entry(5), budget_fen=None, exempt_reason="涉密")])
        assert list(work.registers.entries(2027)) == [
            replace(entry(5), budget_fen=None, exempt_reason="涉密")
        ]
        work.registers.replace_entries(2027, [])
        assert list(work.registers.entries(2027)) == []
        assert list(work.registers.entries(2026)) == [entry(9, 2026)]
        with pytest.raises(ValueError, match="another budget year"):
            work.registers.replace_entries(2027, [entry(1, 2026)])
        with pytest.raises(TypeError):
            work.registers.replace_entries(2027, [replace(entry(1), budget_fen=1.5)])  # type: ignore[arg-type]


def test_projects_keep_the_order_they_were_added_in(desk: Desk):
    projects = [Project(f"P{n}", f"项目{n}", TOWN.code if n != 2 else SCHOOL.code) for n in (3, 1, 2)]
    with desk.store.writing() as work:
        for project in projects:
            work.projects.put(project)
        renamed = replace(projects[0], name="改名后的项目", project_code="99", category="基本建设")
        work.projects.put(renamed)
        work.commit()
        assert list(work.projects.list()) == [renamed, *projects[1:]]
        assert list(work.projects.list(TOWN.code)) == [renamed, projects[1]]
        assert work.projects.get("P3") == renamed
        assert work.projects.get("P4") is None


def test_project_years_are_replaced_one_by_one(desk: Desk):
    first, second = Project("P2", "乙", TOWN.code), Project("P1", "甲", TOWN.code)
    years = [
        ProjectYear("P2", 2026, 100),
        ProjectYear("P2", 2027, None, "一般公共预算", "农业股", from_register=True),
        ProjectYear("P1", 2027, 0),
    ]
    with desk.store.writing() as work:
        for year in reversed(years):
            work.projects.put_year(year)
        work.projects.put(first)
        work.projects.put(second)
        work.commit()
        assert list(work.projects.years()) == years
        work.projects.put_year(ProjectYear("P1", 2027, 12_345))
        assert list(work.projects.years("P1")) == [ProjectYear("P1", 2027, 12_345)]
        with pytest.raises(TypeError):
            work.projects.put_year(ProjectYear("P1", 2027, 1.0))  # type: ignore[arg-type]


def test_a_project_year_needs_its_project(desk: Desk):
    with desk.store.writing() as work:
        work.projects.put_year(ProjectYear("nobody", 2027))
        with pytest.raises(desk.broken_reference):
            work.commit()


def test_the_recycle_bin_keeps_everything(desk: Desk):
    one, two = Project("P1", "甲", TOWN.code), Project("P2", "乙", TOWN.code)
    with desk.store.writing() as work:
        work.projects.put(one)
        work.projects.put(two)
        work.projects.put_year(ProjectYear("P1", 2027, 100))
        work.projects.put_in_bin("P1", NOW)
        work.projects.put(replace(one, name="甲（改）"))
        work.commit()
        one = replace(one, name="甲（改）")
        assert list(work.projects.list()) == [two]
        assert list(work.projects.list(TOWN.code, in_bin=True)) == [one]
        assert work.projects.get("P1") == one
        assert len(work.projects.years("P1")) == 1
        work.projects.restore("P1")
        assert list(work.projects.list()) == [one, two]
        assert list(work.projects.list(in_bin=True)) == []
        for unknown in (lambda: work.projects.put_in_bin("X", NOW), lambda: work.projects.restore("X")):
            with pytest.raises(StorageProblem, match="找不到"):
                unknown()


def test_packages_come_back_newest_first(desk: Desk):
    mine, receipt = package("aa", 0), package("bb", 5, message_type="receipt", direction="received")
    later_one = package("cc", 9, number=2, filing_versions=())
    with desk.store.writing() as work:
        for record in (mine, receipt, later_one):
            work.packages.add(record)
        work.commit()
        assert work.packages.get("aa") == mine
        assert work.packages.get("dd") is None
        assert list(work.packages.find("sent")) == [later_one, mine]
        assert list(work.packages.find("received", "receipt")) == [receipt]
        assert list(work.packages.find("received", "submission")) == []


def test_a_receipt_stays_noted(desk: Desk):
    with desk.store.writing() as work:
        work.packages.add(package("aa"))
        work.packages.set_receipt("aa", "ee")
        work.packages.add(package("aa", source_path="F:\\"))
        work.commit()
        assert work.packages.get("aa") == package("aa", source_path="F:\\", receipt_sha256="ee")
        with pytest.raises(StorageProblem, match="找不到"):
            work.packages.set_receipt("zz", "ee")


def test_what_was_not_taken_in_is_noted_once_by_path_and_content(desk: Desk):
    other_content = refused("E:\\a.asice", "ff" * 32, 2)
    with desk.store.writing() as work:
        work.packages.put_quarantine(refused("E:\\a.asice", minutes=0))
        work.packages.put_quarantine(refused("E:\\a.asice", minutes=1, verdict="cannot_judge"))
        work.packages.put_quarantine(other_content)
        work.packages.put_quarantine(refused("E:\\b.asice", minutes=3, reasons=(), signer={}))
        work.commit()
        assert list(work.packages.quarantine()) == [
            refused("E:\\b.asice", minutes=3, reasons=(), signer={}),
            other_content,
            refused("E:\\a.asice", minutes=1, verdict="cannot_judge"),
        ]
        work.packages.drop_quarantine("E:\\a.asice")
        work.packages.drop_quarantine("E:\\nothing")
        assert [record.path for record in work.packages.quarantine()] == ["E:\\b.asice"]


def test_a_note_keeps_what_the_file_says_of_itself(desk: Desk):
    note = refused("E:\\a.asice", claims=CLAIMS)
    with desk.store.writing() as work:
        work.packages.put_quarantine(note)
        work.commit()
        assert list(work.packages.quarantine()) == [note]


def test_decisions_are_only_ever_added_to(desk: Desk):
    with desk.store.writing() as work:
        for filing_id in ("F1", "F2"):
            work.filings.save(filing(filing_id), figures(filing(filing_id)), expected_revision=None)
        for item in (decision(1), decision(2, is_adopted=False), decision(2, filing_id="F1"), decision(1)):
            work.packages.add_decision(item)
        work.commit()
    with desk.store.reading() as work:
        assert list(work.packages.decisions("F2")) == [
            decision(1),
            decision(2, is_adopted=False),
            decision(1),
        ]
        assert len(work.packages.decisions()) == 4
        assert list(work.packages.decisions("F3")) == []


def test_a_decision_belongs_to_a_filing(desk: Desk):
    with desk.store.writing() as work:
        work.packages.add_decision(decision(1, filing_id="nobody"))
        with pytest.raises(desk.broken_reference):
            work.commit()


def test_certificates_are_kept_and_stay_revoked(desk: Desk):
    # A unit chooses the serial number of its own certificate: it must not push out the bureau's.
    own = certificate("01", 2, kind="registered", fingerprint="fp-own")
    with desk.store.writing() as work:
        work.certificates.add(certificate("02", 1))
        work.certificates.add(certificate("01", 0))
        work.certificates.add(own)
        work.commit()
        assert list(work.certificates.all()) == [certificate("01", 0), certificate("02", 1), own]
        work.certificates.revoke("02", later(5))
        work.certificates.add(certificate("02", 1, pem="again"))
        assert work.certificates.all()[1] == certificate("02", 1, pem="again", revoked_at=later(5))
        with pytest.raises(StorageProblem, match="找不到"):
            work.certificates.revoke("99", NOW)


def test_years_of_project_registers(desk: Desk):
    with desk.store.writing() as work:
        work.registers.replace_entries(2027, [entry(1), entry(2)])
        work.registers.replace_entries(2026, [entry(1, 2026)])
        work.registers.replace_entries(2025, [entry(1, 2025)])
        work.registers.replace_entries(2025, [])
        work.commit()
    with desk.store.reading() as work:
        assert list(work.registers.entry_years()) == [2026, 2027]


def test_running_numbers_can_be_raised_never_lowered(desk: Desk):
    with desk.store.writing() as work:
        work.settings.raise_number("package", 0)
        assert work.settings.next_number("package") == 1
        work.settings.raise_number("package", 7)
        work.settings.raise_number("package", 3)
        assert work.settings.next_number("package") == 8


def test_one_budget_year_of_every_project(desk: Desk):
    with desk.store.writing() as work:
        for project_id in ("Q1", "Q2"):
            work.projects.put(Project(project_id, project_id, TOWN.code))
            for year in (2026, 2027):
                work.projects.put_year(ProjectYear(project_id, year))
        work.commit()
    with desk.store.reading() as work:
        assert [year.project_id for year in work.projects.years(budget_year=2027)] == ["Q1", "Q2"]
        assert len(work.projects.years("Q1", 2026)) == 1
