import json


def test_report(cli, root, tmp_path):
    ran = cli("data", "report", root / "data" / "seeds", "--json", tmp_path / "c.json")
    assert ran.code == 0, ran.err
    assert "By role, all pages" in ran.out.decode()
    assert json.loads((tmp_path / "c.json").read_text("utf-8"))["lines"] == 96
    only = cli("data", "report", root / "data" / "seeds", "--json", "-")
    assert json.loads(only.out)["pages"] == 5


def test_audit_of_leaks(cli, tmp_path):
    line = "本站所有文章均来自互联网公开渠道，版权归原作者所有，如有侵权请来信告知，三个工作日内处理"
    (tmp_path / "a.lines").write_text(f"#: site: 甲\nb\t{line}\nn\t{line}\n", encoding="utf-8")
    ran = cli("data", "audit", "--leaks-only", tmp_path)
    assert ran.code == 0
    (row,) = ran.out.decode().removesuffix("\n").split("\n")
    assert row.split("\t") == ["leak", "a.lines:1", "a.lines:2", "labelled b and n", line]


def test_augment_gives_the_same_bytes_for_the_same_seed(cli, root, tmp_path):
    def made(seed, out):
        ran = cli("data", "augment", root / "data" / "seeds", "--seed", seed, "--copies", 2, "-o", tmp_path / out)
        assert ran.code == 0, ran.err
        return {path.name: path.read_bytes() for path in (tmp_path / out).rglob("*.lines")}

    first, again, other = made(1, "a"), made(1, "b"), made(2, "c")
    assert len(first) == 10
    assert first == again
    assert first != other


def test_augment_does_not_write_among_its_input(cli, root, tmp_path):
    (tmp_path / "a.lines").write_text("b\t正文\n", encoding="utf-8")
    ran = cli("data", "augment", tmp_path, "-o", tmp_path / "out")
    assert ran.code == 2
    assert "choose another -o" in ran.err
