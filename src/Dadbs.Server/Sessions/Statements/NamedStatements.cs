using System.Text;
using Dadbs.PgWire;
using Dadbs.Sql;

namespace Dadbs.Server.Sessions.Statements;

/// <summary>
/// The prepared statements of a session: the protocol's and those of PREPARE are one namespace. Changes can be undone, because a
/// pipeline's later messages are read before its earlier statements are known to have succeeded.
/// </summary>
internal sealed class NamedStatements
{
    /// <summary>Most named statements of one session.</summary>
    private const int StatementsMax = 100_000;

    private readonly Dictionary<string, SessionStatement> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionStatement>.AlternateLookup<ReadOnlySpan<char>> _byChars;
    private readonly List<(string Name, SessionStatement? Before)> _undo = [];
    private SessionStatement? _unnamed;

    public NamedStatements()
    {
        _byChars = _named.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _named.Count;

    public IEnumerable<KeyValuePair<string, SessionStatement>> Named => _named.OrderBy(s => s.Key, StringComparer.Ordinal);

    /// <summary>A mark for <see cref="UndoTo"/>; only meaningful while changes are recorded.</summary>
    public int UndoMark => _undo.Count;

    /// <summary>26000 where there is none.</summary>
    public SessionStatement Get(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return _unnamed ?? throw new SqlException(SqlState.UndefinedPstatement, "unnamed prepared statement does not exist");
        }

        return Find(name) ?? throw Missing(BodyText.Of(name));
    }

    public bool Has(string name) => _named.ContainsKey(name);

    /// <summary>26000 where there is none.</summary>
    public SessionStatement Get(string name) => _named.GetValueOrDefault(name) ?? throw Missing(name);

    /// <summary>42P05 where there is one of the name already; the unnamed statement is replaced.</summary>
    public void Add(string name, SessionStatement statement)
    {
        if (name.Length == 0)
        {
            _undo.Add((name, _unnamed));
            _unnamed = statement;
            return;
        }

        if (_named.Count >= StatementsMax)
        {
            throw new SqlException(SqlState.ProgramLimitExceeded, $"more than {StatementsMax} prepared statements in one session");
        }

        if (!_named.TryAdd(name, statement))
        {
            throw new SqlException(SqlState.DuplicatePstatement, $"prepared statement \"{name}\" already exists");
        }

        _undo.Add((name, null));
    }

    /// <summary>False where there was none, which the protocol does not mind.</summary>
    public bool Remove(string name)
    {
        if (name.Length == 0)
        {
            _undo.Add((name, _unnamed));
            _unnamed = null;
            return true;
        }

        if (!_named.Remove(name, out SessionStatement? removed))
        {
            return false;
        }

        _undo.Add((name, removed));
        return true;
    }

    public void Clear()
    {
        foreach (string name in _named.Keys.ToArray())
        {
            Remove(name);
        }
    }

    /// <summary>The statements named are as they were at the mark.</summary>
    public void UndoTo(int mark)
    {
        for (int i = _undo.Count - 1; i >= mark; i--)
        {
            (string name, SessionStatement? before) = _undo[i];
            if (name.Length == 0)
            {
                _unnamed = before;
            }
            else if (before is null)
            {
                _named.Remove(name);
            }
            else
            {
                _named[name] = before;
            }
        }

        ForgetUndo();
    }

    /// <summary>Everything so far stays.</summary>
    public void ForgetUndo() => _undo.Clear();

    private SessionStatement? Find(ReadOnlySpan<byte> name)
    {
        if (name.Length > WireLimits.NameBytesMax)
        {
            return null;
        }

        Span<char> chars = name.Length <= 128 ? stackalloc char[128] : new char[name.Length];
        int count = Encoding.UTF8.GetChars(name, chars);
        return _byChars.TryGetValue(chars[..count], out SessionStatement? statement) ? statement : null;
    }

    private static SqlException Missing(string name) =>
        new(SqlState.UndefinedPstatement, $"prepared statement \"{name}\" does not exist");
}
