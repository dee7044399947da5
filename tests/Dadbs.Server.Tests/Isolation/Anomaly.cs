namespace Dadbs.Server.Tests.Isolation;

/// <summary>
/// One anomaly: what sessions do in turn, and how one sees that it happened. Lines are <c>session: statement</c>, with <c>-> name</c> at the end of a read that the judge looks at;
/// {t} is the table, with rows (1, 10) and (2, 20). Every session is in a transaction of the level under test from the start.
/// </summary>
/// <param name="Name">As the literature calls it.</param>
/// <param name="Meaning">In a few words.</param>
/// <param name="Script">The lines.</param>
/// <param name="Happened">Whether it happened. A read that was not answered is null.</param>
internal sealed record Anomaly(string Name, string Meaning, string Script, Func<Transcript, bool> Happened)
{
    /// <summary>Adya's phenomena in the order of strength; scripts after the cases of Kleppmann's Hermitage.</summary>
    public static IReadOnlyList<Anomaly> All { get; } =
    [
        new(
            "G0",
            "two transactions' writes interleave",
            """
            1: update {t} set value = 11 where id = 1
            2: update {t} set value = 12 where id = 1
            1: update {t} set value = 21 where id = 2
            1: commit
            2: update {t} set value = 22 where id = 2
            2: commit
            """,
            t => t.Final is not ("1=11 2=21" or "1=12 2=22")),
        new(
            "G1a",
            "a write that is rolled back is read",
            """
            1: update {t} set value = 101 where id = 1
            2: select id, value from {t} order by id -> a
            1: rollback
            2: select id, value from {t} order by id -> b
            2: commit
            """,
            t => Sees(t["a"], "1=101") || Sees(t["b"], "1=101")),
        new(
            "G1b",
            "a write that is overwritten before COMMIT is read",
            """
            1: update {t} set value = 101 where id = 1
            2: select id, value from {t} order by id -> a
            1: update {t} set value = 11 where id = 1
            1: commit
            2: select id, value from {t} order by id -> b
            2: commit
            """,
            t => Sees(t["a"], "1=101") || Sees(t["b"], "1=101")),
        new(
            "G1c",
            "each of two transactions reads what the other wrote",
            """
            1: update {t} set value = 11 where id = 1
            2: update {t} set value = 22 where id = 2
            1: select id, value from {t} where id = 2 -> a
            2: select id, value from {t} where id = 1 -> b
            1: commit
            2: commit
            """,
            t => t.Committed(1) && t.Committed(2) && Sees(t["a"], "2=22") && Sees(t["b"], "1=11")),
        new(
            "OTV",
            "of a transaction that was seen, later a part is not seen",
            """
            1: update {t} set value = 11 where id = 1
            1: update {t} set value = 19 where id = 2
            2: update {t} set value = 12 where id = 1
            1: commit
            3: select id, value from {t} where id = 1 -> a
            2: update {t} set value = 18 where id = 2
            3: select id, value from {t} where id = 2 -> b
            2: commit
            3: select id, value from {t} where id = 2 -> c
            3: select id, value from {t} where id = 1 -> d
            3: commit
            """,
            t => (Sees(t["a"], "1=12") && Sees(t["b"], "2=19")) || (Sees(t["c"], "2=18") && Sees(t["d"], "1=11"))),
        new(
            "PMP",
            "a read by predicate is not the same again",
            """
            1: select id, value from {t} where value = 30 -> a
            2: insert into {t} values (3, 30)
            2: commit
            1: select id, value from {t} where value % 3 = 0 -> b
            1: commit
            """,
            t => t["a"] is "" && Sees(t["b"], "3=30")),
        new(
            "PMP, write",
            "a write by predicate misses what it would find at its place in any order",
            """
            1: update {t} set value = value + 10
            2: delete from {t} where value = 20
            1: commit
            2: commit
            """,
            t => t.Committed(1) && t.Committed(2) && t.Final is not ("2=30" or "1=20")),
        new(
            "P4",
            "an update is lost beneath one that did not see it",
            """
            1: select id, value from {t} where id = 1 -> a
            2: select id, value from {t} where id = 1 -> b
            1: update {t} set value = 11 where id = 1
            2: update {t} set value = 11 where id = 1
            1: commit
            2: commit
            """,
            t => t.Committed(1) && t.Committed(2)),
        new(
            "G-single",
            "of a transaction one part is seen, another not",
            """
            1: select id, value from {t} where id = 1 -> a
            2: update {t} set value = 12 where id = 1
            2: update {t} set value = 18 where id = 2
            2: commit
            1: select id, value from {t} where id = 2 -> b
            1: commit
            """,
            t => Sees(t["a"], "1=10") && Sees(t["b"], "2=18")),
        new(
            "G-single, predicate",
            "the same, read by predicate",
            """
            1: select id, value from {t} where value % 5 = 0 order by id -> a
            2: update {t} set value = 12 where value = 10
            2: commit
            1: select id, value from {t} where value % 3 = 0 -> b
            1: commit
            """,
            t => Sees(t["a"], "1=10") && Sees(t["b"], "1=12")),
        new(
            "G-single, write",
            "the same, where the second part is written by predicate",
            """
            1: select id, value from {t} where id = 1 -> a
            2: update {t} set value = 12 where id = 1
            2: update {t} set value = 18 where id = 2
            2: commit
            1: delete from {t} where value = 20
            1: select id, value from {t} where id = 2 -> b
            1: commit
            """,
            t => t.Committed(1) && Sees(t["a"], "1=10") && t["b"] is not ""),
        new(
            "G2-item",
            "write skew: each writes a row that the other only read",
            """
            1: select id, value from {t} where id in (1, 2) -> a
            2: select id, value from {t} where id in (1, 2) -> b
            1: update {t} set value = 11 where id = 1
            2: update {t} set value = 21 where id = 2
            1: commit
            2: commit
            """,
            t => t.Committed(1) && t.Committed(2)),
        new(
            "G2",
            "write skew by predicate: each adds what the other looked for and did not find",
            """
            1: select id, value from {t} where value % 3 = 0 -> a
            2: select id, value from {t} where value % 3 = 0 -> b
            1: insert into {t} values (3, 30)
            2: insert into {t} values (4, 42)
            1: commit
            2: commit
            """,
            t => t.Committed(1) && t.Committed(2)),
        new(
            "G2, two edges",
            "a reader that wrote nothing saw a state that no order has",
            """
            1: select id, value from {t} order by id -> a
            2: update {t} set value = value + 5 where id = 2
            2: commit
            3: select id, value from {t} order by id -> b
            3: commit
            1: update {t} set value = 0 where id = 1
            1: commit
            """,
            t => t.Committed(1) && t.Committed(2) && t.Committed(3) && t["a"] is "1=10 2=20" && t["b"] is "1=10 2=25"),
    ];

    private static bool Sees(string? rows, string row) => rows is not null && rows.Split(' ').Contains(row);
}
