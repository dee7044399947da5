using System.Globalization;
using Dadbs.Sql.Binding;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Statements;

/// <summary>The options of CREATE and ALTER SEQUENCE, checked in PostgreSQL's order and words (22023).</summary>
internal static class SequenceOptions
{
    /// <summary>Applies the options of a new sequence.</summary>
    /// <param name="sequence">With its defaults.</param>
    /// <param name="options">As written.</param>
    /// <param name="restart">RESTART's value, if it was given.</param>
    public static SequenceDescriptor Create(SequenceDescriptor sequence, IReadOnlyList<SequenceOptionSyntax> options, out long? restart)
    {
        Parameters p = Read(options);
        SqlType type = p.Type ?? sequence.DataType;
        long increment = p.Increment ?? 1;
        if (increment == 0) throw Invalid("INCREMENT must not be zero");
        long maximum = p.Maximum ?? (increment > 0 ? Bound(type, upper: true) : -1);
        long minimum = p.Minimum ?? (increment > 0 ? 1 : Bound(type, upper: false));
        sequence = sequence with
        {
            DataType = type,
            Increment = increment,
            Maximum = maximum,
            Minimum = minimum,
            Start = p.Start ?? (increment > 0 ? minimum : maximum),
            Cache = p.Cache ?? 1,
            Cycles = p.Cycles ?? false,
        };
        CheckBounds(sequence);
        restart = p.IsRestart ? p.Restart ?? sequence.Start : null;
        if (restart is { } value) CheckLast(value, sequence, "RESTART");
        return sequence;
    }

    /// <summary>Applies the options of ALTER SEQUENCE; <paramref name="state"/> moves on RESTART.</summary>
    public static SequenceDescriptor Alter(SequenceDescriptor sequence, IReadOnlyList<SequenceOptionSyntax> options, ref SequenceState state)
    {
        Parameters p = Read(options);
        SqlType type = p.Type ?? sequence.DataType;
        long increment = p.Increment ?? sequence.Increment;
        if (increment == 0) throw Invalid("INCREMENT must not be zero");
        bool resetMaximum = p.ResetsMaximum || (p.Type is not null && sequence.Maximum == Bound(sequence.DataType, upper: true));
        bool resetMinimum = p.ResetsMinimum || (p.Type is not null && sequence.Minimum == Bound(sequence.DataType, upper: false));
        sequence = sequence with
        {
            DataType = type,
            Increment = increment,
            Maximum = p.Maximum ?? (resetMaximum ? (increment > 0 ? Bound(type, upper: true) : -1) : sequence.Maximum),
            Minimum = p.Minimum ?? (resetMinimum ? (increment > 0 ? 1 : Bound(type, upper: false)) : sequence.Minimum),
            Start = p.Start ?? sequence.Start,
            Cache = p.Cache ?? sequence.Cache,
            Cycles = p.Cycles ?? sequence.Cycles,
        };
        CheckBounds(sequence);
        if (p.IsRestart) state = new SequenceState(p.Restart ?? sequence.Start, false);
        CheckLast(state.LastValue, sequence, "RESTART");
        return sequence;
    }

    /// <summary>OWNED BY.</summary>
    public static SequenceDescriptor ApplyOwner(SequenceDescriptor sequence, IReadOnlyList<SequenceOptionSyntax> options, DefinitionScope scope)
    {
        foreach (SequenceOwnerSyntax owner in options.OfType<SequenceOwnerSyntax>())
        {
            if (sequence.IsIdentity)
                throw new SqlException(SqlState.FeatureNotSupported, "cannot change ownership of identity sequence") { Detail = $"Sequence \"{sequence.Name}\" is linked to table." };
            if (owner.Column is null)
            {
                sequence = sequence with { OwnerTableOid = 0, OwnerColumnNumber = 0 };
                continue;
            }

            IReadOnlyList<string> parts = owner.Column.Parts;
            if (parts.Count < 2) throw new SqlException(SqlState.SyntaxError, "invalid OWNED BY option") { Hint = "Specify OWNED BY table.column or OWNED BY NONE." };
            TableDescriptor table = scope.RequireTable(new QualifiedNameSyntax(owner.Column.Position, [.. parts.Take(parts.Count - 1)]));
            int column = table.ColumnIndex(parts[^1]);
            if (column < 0) throw new SqlException(SqlState.UndefinedColumn, $"column \"{parts[^1]}\" of relation \"{table.Name}\" does not exist");
            if (table.SchemaOid != sequence.SchemaOid) throw new SqlException(SqlState.ObjectNotInPrerequisiteState, "sequence must be in same schema as table it is linked to");
            sequence = sequence with { OwnerTableOid = table.Oid, OwnerColumnNumber = table.Columns[column].Number };
        }

        return sequence;
    }

    public static long Bound(SqlType type, bool upper)
    {
        if (type == SqlTypes.SmallInt) return upper ? short.MaxValue : short.MinValue;
        if (type == SqlTypes.Integer) return upper ? int.MaxValue : int.MinValue;
        return upper ? long.MaxValue : long.MinValue;
    }

    private static void CheckBounds(SequenceDescriptor s)
    {
        string type = s.DataType.DisplayName;
        if (s.Maximum > Bound(s.DataType, upper: true) || s.Maximum < Bound(s.DataType, upper: false))
            throw Invalid($"MAXVALUE ({s.Maximum}) is out of range for sequence data type {type}");
        if (s.Minimum > Bound(s.DataType, upper: true) || s.Minimum < Bound(s.DataType, upper: false))
            throw Invalid($"MINVALUE ({s.Minimum}) is out of range for sequence data type {type}");
        if (s.Minimum >= s.Maximum) throw Invalid($"MINVALUE ({s.Minimum}) must be less than MAXVALUE ({s.Maximum})");
        CheckLast(s.Start, s, "START");
        if (s.Cache <= 0) throw Invalid($"CACHE ({s.Cache}) must be greater than zero");
    }

    private static void CheckLast(long value, SequenceDescriptor s, string what)
    {
        string shown = what == "START" ? "START value" : "RESTART value";
        if (value < s.Minimum) throw Invalid($"{shown} ({value}) cannot be less than MINVALUE ({s.Minimum})");
        if (value > s.Maximum) throw Invalid($"{shown} ({value}) cannot be greater than MAXVALUE ({s.Maximum})");
    }

    private static SqlException Invalid(string message) => new(SqlState.InvalidParameterValue, message);

    private static Parameters Read(IReadOnlyList<SequenceOptionSyntax> options)
    {
        var p = new Parameters();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SequenceOptionSyntax option in options)
        {
            string name = option is SequenceParameterSyntax { Parameter: var kind } ? kind.ToString() : option.GetType().Name;
            if (!seen.Add(name)) throw new SqlException(SqlState.SyntaxError, "conflicting or redundant options", option.Position);
            switch (option)
            {
                case SequenceTypeSyntax type:
                    p.Type = TypeNameResolver.Resolve(type.Type).Type;
                    if (p.Type != SqlTypes.SmallInt && p.Type != SqlTypes.Integer && p.Type != SqlTypes.BigInt)
                        throw Invalid("sequence type must be smallint, integer, or bigint");
                    break;
                case SequenceCycleSyntax cycle:
                    p.Cycles = cycle.IsCycle;
                    break;
                case SequenceParameterSyntax parameter:
                    Read(parameter, p);
                    break;
            }
        }

        return p;
    }

    private static void Read(SequenceParameterSyntax option, Parameters p)
    {
        long? value = option.Value is { } text ? Number(text, option.Position) : null;
        switch (option.Parameter)
        {
            case SequenceParameter.IncrementBy:
                p.Increment = value;
                break;
            case SequenceParameter.StartWith:
                p.Start = value;
                break;
            case SequenceParameter.Restart:
                p.IsRestart = true;
                p.Restart = value;
                break;
            case SequenceParameter.Cache:
                p.Cache = value;
                break;
            case SequenceParameter.MinValue:
                p.Minimum = value;
                p.ResetsMinimum = value is null;
                break;
            case SequenceParameter.MaxValue:
                p.Maximum = value;
                p.ResetsMaximum = value is null;
                break;
        }
    }

    private static long Number(string text, int position)
    {
        string digits = text.Replace(" ", "", StringComparison.Ordinal);
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out long value)) return value;
        throw digits.Contains('.', StringComparison.Ordinal)
            ? new SqlException(SqlState.InvalidTextRepresentation, $"invalid input syntax for type bigint: \"{digits}\"", position)
            : new SqlException(SqlState.NumericValueOutOfRange, $"value \"{digits}\" is out of range for type bigint", position);
    }

    private sealed class Parameters
    {
        public SqlType? Type { get; set; }

        public long? Increment { get; set; }

        public long? Start { get; set; }

        public bool IsRestart { get; set; }

        public long? Restart { get; set; }

        public long? Cache { get; set; }

        public long? Minimum { get; set; }

        public long? Maximum { get; set; }

        public bool ResetsMinimum { get; set; }

        public bool ResetsMaximum { get; set; }

        public bool? Cycles { get; set; }
    }
}
