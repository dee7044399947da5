using System.Globalization;
using System.Text;
using Dadbs.Sql.Functions.Catalog;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Functions;

/// <summary>
/// Joins bodies to the rows of pg_proc. A family of functions registers each body under its prosrc (<c>textlen</c>: all rows with that source
/// share it) or under one signature, <c>name(type,type)</c> with typnames. OID, result, volatility and strictness come from
/// <see cref="PgProcRows"/>; a name that PostgreSQL does not have is a programming error.
/// </summary>
internal sealed class FunctionRegistry
{
    private readonly Dictionary<string, string[]> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string[]>> _rowsBySource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _typeNames = new(StringComparer.Ordinal);

    private readonly List<string> _problems = [];

    public FunctionRegistry()
    {
        foreach (var line in Encoding.UTF8.GetString(PgTypeRows.Text).Split('\n'))
        {
            var fields = line.Split('\t', 3);
            _typeNames[fields[0]] = fields[1];
        }
        foreach (var line in Encoding.UTF8.GetString(PgProcRows.Text).Split('\n'))
        {
            var fields = line.Split('\t');
            _rows[SignatureOf(fields)] = fields;
            if (fields[13].Length > 0)
            {
                if (!_rowsBySource.TryGetValue(fields[13], out var sharing))
                    _rowsBySource.Add(fields[13], sharing = []);
                sharing.Add(fields);
            }
        }
    }

    public Dictionary<uint, FunctionDescriptor> Functions { get; } = [];

    /// <summary>Has any row of a source, or the row of a signature, its body already?</summary>
    public bool Has(string name)
    {
        if (name.Contains('(', StringComparison.Ordinal)) return _rows.TryGetValue(name, out var row) && Functions.ContainsKey(Number(row[0]));
        return _rowsBySource.TryGetValue(name, out var rows) && rows.Exists(row => Functions.ContainsKey(Number(row[0])));
    }

    public bool Knows(string name) => name.Contains('(', StringComparison.Ordinal) ? _rows.ContainsKey(name) : _rowsBySource.ContainsKey(name);

    public void Scalar(string signature, ScalarFunction body) => Add(signature, descriptor => descriptor with { Body = body });

    /// <summary>
    /// The six comparisons of a type, and where pg_proc has them larger, smaller and the btree support function: <c>{prefix}eq</c> …,
    /// <c>{prefix}cmp</c> or <c>bt{prefix}cmp</c>. All that ordering a type takes.
    /// </summary>
    public void Comparisons(string prefix, TypeOperations operations, string? orderPrefix = null)
    {
        orderPrefix ??= prefix;
        Scalar(prefix + "eq", (_, a) => Datum.FromBool(operations.AreEqual(a[0], a[1])));
        Scalar(prefix + "ne", (_, a) => Datum.FromBool(!operations.AreEqual(a[0], a[1])));
        Scalar(orderPrefix + "lt", (_, a) => Datum.FromBool(operations.Compare(a[0], a[1]) < 0));
        Scalar(orderPrefix + "le", (_, a) => Datum.FromBool(operations.Compare(a[0], a[1]) <= 0));
        Scalar(orderPrefix + "gt", (_, a) => Datum.FromBool(operations.Compare(a[0], a[1]) > 0));
        Scalar(orderPrefix + "ge", (_, a) => Datum.FromBool(operations.Compare(a[0], a[1]) >= 0));
        if (Knows(orderPrefix + "larger"))
            Scalar(orderPrefix + "larger", (_, a) => operations.Compare(a[0], a[1]) > 0 ? a[0] : a[1]);
        if (Knows(orderPrefix + "smaller"))
            Scalar(orderPrefix + "smaller", (_, a) => operations.Compare(a[0], a[1]) < 0 ? a[0] : a[1]);
        foreach (var support in new[] { prefix + "cmp", $"bt{prefix.TrimEnd('_')}cmp" })
        {
            if (Knows(support))
                Scalar(support, (_, a) => Datum.FromInt32(Math.Sign(operations.Compare(a[0], a[1]))));
        }
    }

    /// <summary>The same body under several signatures.</summary>
    public void Scalar(ReadOnlySpan<string> signatures, ScalarFunction body)
    {
        foreach (var signature in signatures)
            Scalar(signature, body);
    }

    /// <summary>A scalar function some of whose trailing arguments may be left out.</summary>
    public void Scalar(string signature, Datum[] defaults, ScalarFunction body) => Add(signature, descriptor => descriptor with { Body = body, Defaults = defaults });

    /// <summary>A polymorphic function, or one over "any": its body depends on the argument types of the call.</summary>
    public void Generic(string signature, FunctionSpecializer specializer) => Add(signature, descriptor => descriptor with { Specializer = specializer });

    public void Set(string signature, SetFunction body) => Add(signature, descriptor => descriptor with { SetBody = body, Kind = FunctionKind.SetReturning });

    public void GenericSet(string signature, FunctionSpecializer specializer) =>
        Add(signature, descriptor => descriptor with { Specializer = specializer, Kind = FunctionKind.SetReturning });

    public void Aggregate(string signature, AggregateFactory create, bool ignoresNulls = true) =>
        Add(signature, descriptor => descriptor with
        {
            Kind = FunctionKind.Aggregate,
            Aggregate = new AggregateDescriptor { Create = create, IgnoresNulls = ignoresNulls },
        });

    public void GenericAggregate(string signature, FunctionSpecializer specializer) =>
        Add(signature, descriptor => descriptor with { Kind = FunctionKind.Aggregate, Specializer = specializer });

    /// <summary>A window function: no body; a polymorphic one gives what its first argument is.</summary>
    public void Window(string source) => Add(source, descriptor => descriptor with
    {
        Kind = FunctionKind.Window,
        Specializer = descriptor.ReturnType.IsPolymorphic
            ? (generic, types) => generic with { ReturnType = types[0], ArgumentTypes = types, Specializer = null }
            : null,
    });

    /// <summary>Refuses to start with bodies that have no row, all of them named.</summary>
    public void Check()
    {
        if (_problems.Count > 0)
            throw new InvalidOperationException(string.Join('\n', _problems));
    }

    private void Add(string name, Func<FunctionDescriptor, FunctionDescriptor> complete)
    {
        if (!name.Contains('(', StringComparison.Ordinal))
        {
            if (!_rowsBySource.TryGetValue(name, out var sharing))
            {
                _problems.Add($"pg_proc has no source {name}");
                return;
            }
            foreach (var row in sharing)
                AddRow(name, complete(Describe(row)));
            return;
        }
        if (_rows.TryGetValue(name, out var single))
            AddRow(name, complete(Describe(single)));
        else
            _problems.Add($"pg_proc has no {name}");
    }

    private void AddRow(string name, FunctionDescriptor descriptor)
    {
        if (!Functions.TryAdd(descriptor.Oid, descriptor))
            _problems.Add($"{name} is registered twice: {descriptor}");
    }

    private string SignatureOf(string[] row)
    {
        var types = row[7].Length == 0 ? [] : row[7].Split(' ').Select(oid => _typeNames[oid]);
        return $"{row[1]}({string.Join(',', types)})";
    }

    private static FunctionDescriptor Describe(string[] row)
    {
        var arguments = Types(row[7]);
        var modes = row[11];
        var names = row[12].Length == 0 ? [] : row[12].Split(' ').Select(name => name == "_" ? "" : name).ToArray();
        return new FunctionDescriptor
        {
            Oid = Number(row[0]),
            Name = row[1],
            ArgumentTypes = arguments,
            ArgumentNames = InputNames(names, modes),
            OutputColumns = Outputs(names, modes, row[10]),
            ReturnType = SqlTypes.ByOid(Number(row[6])) ?? SqlTypes.Internal,
            ReturnsSet = row[5] == "t",
            Volatility = row[3] switch
            {
                "i" => Volatility.Immutable,
                "s" => Volatility.Stable,
                _ => Volatility.Volatile,
            },
            IsStrict = row[4] == "t",
            IsLeakproof = row[15] == "t",
            Variadic = row[8] != "0",
            CatalogRow = new ProcedureRow(row[13], Number(row[14]), row[2][0], Number(row[8]), (int)Number(row[9]), row[10], row[11], row[12],
                row[15] == "t", row[16][0], float.Parse(row[17], NumberFormatInfo.InvariantInfo), float.Parse(row[18], NumberFormatInfo.InvariantInfo)),
        };
    }

    private static SqlType[] Types(string oids) =>
        oids.Length == 0 ? [] : [.. oids.Split(' ').Select(oid => SqlTypes.ByOid(Number(oid)) ?? SqlTypes.Internal)];

    private static string[] InputNames(string[] names, string modes) =>
        modes.Length == 0 ? names : [.. names.Where((_, i) => modes[i] is 'i' or 'b' or 'v')];

    private static OutputColumn[] Outputs(string[] names, string modes, string allTypes)
    {
        if (modes.Length == 0 || names.Length == 0)
            return [];
        var types = Types(allTypes);
        return [.. names.Select((name, i) => (name, i)).Where(x => modes[x.i] is 'o' or 'b' or 't').Select(x => new OutputColumn(x.name, types[x.i]))];
    }

    private static uint Number(string text) => uint.Parse(text, NumberFormatInfo.InvariantInfo);
}
