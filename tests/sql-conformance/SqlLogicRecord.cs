namespace Dadbs.SqlConformance;

/// <summary>One record of a sqllogictest file.</summary>
/// <param name="Line">1-based line of its head.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Expectation">What must come of it.</param>
/// <param name="ExpectedFrom">0-based line where the expected lines begin, for recording; the line after the statement when there are none.</param>
/// <param name="ExpectedTo">The line after the last of them.</param>
internal sealed record SqlLogicRecord(int Line, string Sql, Expectation Expectation, int ExpectedFrom, int ExpectedTo);

/// <summary>A closed family: success, an error, or rows.</summary>
internal abstract record Expectation
{
    private Expectation()
    {
    }

    public sealed record Success : Expectation;

    /// <summary>An error; with a SQLSTATE (this suite's addition to the format) exactly that one.</summary>
    public sealed record Error(string? State) : Expectation;

    /// <param name="Types">A letter per column: I integer, R real with three decimals, T text.</param>
    /// <param name="Sort">nosort, rowsort or valuesort.</param>
    /// <param name="Lines">One value per line, or the count and MD5 of the values.</param>
    public sealed record Rows(string Types, string Sort, IReadOnlyList<string> Lines) : Expectation;
}
