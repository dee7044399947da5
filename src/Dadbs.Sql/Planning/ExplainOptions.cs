using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Planning;

/// <summary>What stands between EXPLAIN and its statement (PostgreSQL manual, EXPLAIN).</summary>
public sealed record ExplainOptions
{
    public bool Analyze { get; init; }

    public bool Costs { get; init; } = true;

    public bool Timing { get; init; } = true;

    /// <summary>Planning and execution time; on with ANALYZE.</summary>
    public bool Summary { get; init; }

    public bool IsJson { get; init; }

    /// <exception cref="SqlException">42601, 22023, 0A000.</exception>
    public static ExplainOptions Read(IReadOnlyList<OptionSyntax> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var read = new ExplainOptions();
        (bool? timing, bool? summary, bool wal) = (null, null, false);
        foreach (OptionSyntax option in options)
        {
            switch (option.Name)
            {
                case "analyze": read = read with { Analyze = Flag(option) }; break;
                case "costs": read = read with { Costs = Flag(option) }; break;
                case "timing": timing = Flag(option); break;
                case "summary": summary = Flag(option); break;
                case "wal": wal = Flag(option); break;
                case "verbose" or "settings" or "buffers": Flag(option); break;
                case "format": read = read with { IsJson = ReadsJson(option) }; break;
                default: throw new SqlException(SqlState.SyntaxError, $"unrecognized EXPLAIN option \"{option.Name}\"", option.Position);
            }
        }

        if (wal && !read.Analyze) throw new SqlException(SqlState.InvalidParameterValue, "EXPLAIN option WAL requires ANALYZE");
        if (timing == true && !read.Analyze) throw new SqlException(SqlState.InvalidParameterValue, "EXPLAIN option TIMING requires ANALYZE");
        return read with { Timing = timing ?? read.Analyze, Summary = summary ?? read.Analyze };
    }

    private static bool ReadsJson(OptionSyntax option) => Word(option) switch
    {
        "text" => false,
        "json" => true,
        "xml" or "yaml" => throw new SqlException(SqlState.FeatureNotSupported, "EXPLAIN formats other than TEXT and JSON are not supported", option.Position),
        string other => throw new SqlException(SqlState.InvalidParameterValue, $"unrecognized value for EXPLAIN option \"format\": \"{other}\"", option.Position),
        null => throw new SqlException(SqlState.SyntaxError, "format requires a parameter"),
    };

    private static bool Flag(OptionSyntax option) => option.Value switch
    {
        null => true,
        BooleanLiteralSyntax value => value.Value,
        IntegerLiteralSyntax { Value: 0 or 1 } value => value.Value == 1,
        StringLiteralSyntax { Value: var word } when word.Equals("on", StringComparison.OrdinalIgnoreCase) || word.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        StringLiteralSyntax { Value: var word } when word.Equals("off", StringComparison.OrdinalIgnoreCase) || word.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => throw new SqlException(SqlState.SyntaxError, $"{option.Name} requires a Boolean value"),
    };

    private static string? Word(OptionSyntax option) => option.Value switch
    {
        null => null,
        StringLiteralSyntax text => text.Value,
        ExpressionSyntax other => SyntaxPrinter.Print(other),
    };
}
