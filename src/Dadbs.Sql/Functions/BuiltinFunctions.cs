using System.Buffers;
using System.Globalization;
using System.Text;
using Dadbs.Sql.Functions.Catalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>
/// Lookup of the built-in functions, operators, casts and aggregates: the candidate lists of the binder's overload resolution, and what
/// pg_proc, pg_operator, pg_cast and pg_aggregate show. An operator or cast exists when its function has a body.
/// </summary>
public static class BuiltinFunctions
{
    private static readonly Dictionary<uint, FunctionDescriptor> FunctionsByOidTable;
    private static readonly Dictionary<string, FunctionDescriptor[]> ByName;
    private static readonly Dictionary<uint, OperatorDescriptor> OperatorsByOidTable = [];
    private static readonly Dictionary<string, OperatorDescriptor[]> OperatorsByNameTable;
    private static readonly Dictionary<(uint, uint), CastDescriptor> Casts = [];

    static BuiltinFunctions()
    {
        var registry = new FunctionRegistry();
        FunctionFamilies.Register(registry);
        registry.Check();
        FunctionsByOidTable = registry.Functions;
        AttachSortOperators();
        AllFunctions = [.. FunctionsByOidTable.Values.OrderBy(function => function.Oid)];
        ByName = AllFunctions.GroupBy(function => function.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        ReadOperators();
        AllOperators = [.. OperatorsByOidTable.Values.OrderBy(op => op.Oid)];
        OperatorsByNameTable = AllOperators.GroupBy(op => op.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        ReadCasts();
        AllCasts = [.. Casts.Values.OrderBy(cast => cast.Oid)];
    }

    /// <summary>By ascending OID; aggregates and set-returning functions included.</summary>
    public static IReadOnlyList<FunctionDescriptor> AllFunctions { get; }

    public static IReadOnlyList<OperatorDescriptor> AllOperators { get; }

    /// <summary>The rows of pg_cast; I/O conversions are not among them.</summary>
    public static IReadOnlyList<CastDescriptor> AllCasts { get; }

    /// <summary>All overloads of a name (lower case, without schema), aggregates included; empty when there is none.</summary>
    public static IReadOnlyList<FunctionDescriptor> FunctionsByName(string name) => ByName.GetValueOrDefault(name) ?? [];

    public static IReadOnlyList<FunctionDescriptor> AggregatesByName(string name) =>
        [.. FunctionsByName(name).Where(function => function.Kind == FunctionKind.Aggregate)];

    /// <summary>All operators of a name; prefix operators have a null left type.</summary>
    public static IReadOnlyList<OperatorDescriptor> OperatorsByName(string name) => OperatorsByNameTable.GetValueOrDefault(name) ?? [];

    public static FunctionDescriptor? FunctionByOid(uint oid) => FunctionsByOidTable.GetValueOrDefault(oid);

    public static OperatorDescriptor? OperatorByOid(uint oid) => OperatorsByOidTable.GetValueOrDefault(oid);

    /// <summary>
    /// The cast from one type to another in any context, as find_coercion_pathway: a pg_cast row; else array over element cast; else the I/O conversion
    /// where one side is a string type (to a string: assignment; from one: explicit). Null where there is none. Unknown literals are
    /// the binder's: it calls ParseText.
    /// </summary>
    public static CastDescriptor? FindCast(SqlType source, SqlType target)
    {
        if (Casts.TryGetValue((source.Oid, target.Oid), out var cast))
            return cast;
        if (source.IsArray && target.IsArray && target.Storage != 'p' && source.ElementType is { } from && target.ElementType is { } to)
            return ArrayCast(source, target, from, to);
        if (source.IsPseudo && source.Oid != SqlTypes.Record.Oid || target.IsPseudo)
            return null;
        if (target.Category == 'S' && target.Oid != SqlTypes.Name.Oid)
            return InputOutput(source, target, CastContext.Assignment);
        return source.Category == 'S' ? InputOutput(source, target, CastContext.Explicit) : null;
    }

    private static CastDescriptor? ArrayCast(SqlType source, SqlType target, SqlType from, SqlType to)
    {
        if (from.Oid == to.Oid)
            return new CastDescriptor { Source = source, Target = target, Context = CastContext.Implicit, Method = CastMethod.Binary };
        if (FindCast(from, to) is not { } element)
            return null;
        return new CastDescriptor
        {
            Source = source,
            Target = target,
            Context = element.Context,
            Method = CastMethod.Function,
            Body = (context, arguments) =>
            {
                var array = arguments[0].As<ArrayValue>();
                var elements = new Datum[array.Elements.Length];
                context.Budget.Step(elements.Length);
                for (var i = 0; i < elements.Length; i++)
                {
                    var value = array.Elements[i];
                    elements[i] = value.IsNull || element.Body is null ? value : element.Body(context, [value]);
                }
                return new ArrayValue(to, array.Lengths, array.LowerBounds, elements).ToDatum();
            },
        };
    }

    private static CastDescriptor InputOutput(SqlType source, SqlType target, CastContext context) => new()
    {
        Source = source,
        Target = target,
        Context = context,
        Method = CastMethod.InputOutput,
        Body = (evaluation, arguments) => ThroughText(source, target, evaluation, arguments[0]),
    };

    /// <summary>The I/O conversion: output function, then input function.</summary>
    public static Datum ThroughText(SqlType source, SqlType target, EvaluationContext context, Datum value)
    {
        var text = new ArrayBufferWriter<byte>();
        source.Operations.FormatText(value, text, context.TypeSettings);
        return target.Operations.ParseText(text.WrittenSpan, -1, context.TypeSettings);
    }

    private static void AttachSortOperators()
    {
        foreach (var fields in Lines(PgAggregateRows.Text))
        {
            if (FunctionsByOidTable.GetValueOrDefault(Number(fields[0])) is { Aggregate: { } aggregate } function && fields[5] != "0")
                FunctionsByOidTable[function.Oid] = function with { Aggregate = aggregate with { SortOperator = Number(fields[5]) } };
        }
    }

    private static void ReadOperators()
    {
        foreach (var fields in Lines(PgOperatorRows.Text))
        {
            var left = Number(fields[5]);
            if (!FunctionsByOidTable.TryGetValue(Number(fields[10]), out var function) || left != 0 && SqlTypes.ByOid(left) is null || SqlTypes.ByOid(Number(fields[6])) is null)
                continue;
            OperatorsByOidTable.Add(Number(fields[0]), new OperatorDescriptor
            {
                Oid = Number(fields[0]),
                Name = fields[1],
                CanMerge = fields[3] == "t",
                CanHash = fields[4] == "t",
                Left = left == 0 ? null : SqlTypes.ByOid(left),
                Right = SqlTypes.ByOid(Number(fields[6]))!,
                Result = SqlTypes.ByOid(Number(fields[7]))!,
                Commutator = Number(fields[8]),
                Negator = Number(fields[9]),
                Function = function,
                RestrictionEstimator = fields[11],
                JoinEstimator = fields[12],
            });
        }
    }

    private static void ReadCasts()
    {
        foreach (var fields in Lines(PgCastRows.Text))
        {
            var function = fields[3] == "0" ? null : FunctionsByOidTable.GetValueOrDefault(Number(fields[3]));
            if (function is null && fields[5] == "f" || SqlTypes.ByOid(Number(fields[1])) is not { } source || SqlTypes.ByOid(Number(fields[2])) is not { } target)
                continue;
            var method = fields[5] switch
            {
                "f" => CastMethod.Function,
                "b" => CastMethod.Binary,
                _ => CastMethod.InputOutput,
            };
            Casts.Add((source.Oid, target.Oid), new CastDescriptor
            {
                Oid = Number(fields[0]),
                Source = source,
                Target = target,
                Context = fields[4] switch
                {
                    "i" => CastContext.Implicit,
                    "a" => CastContext.Assignment,
                    _ => CastContext.Explicit,
                },
                Method = method,
                Function = function,
                Body = method switch
                {
                    CastMethod.Function => function!.Body,
                    CastMethod.InputOutput => (evaluation, arguments) => ThroughText(source, target, evaluation, arguments[0]),
                    _ => null,
                },
            });
        }
    }

    private static IEnumerable<string[]> Lines(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text).Split('\n').Select(line => line.Split('\t'));

    private static uint Number(string text) => uint.Parse(text, NumberFormatInfo.InvariantInfo);
}
