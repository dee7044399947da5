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
    internal const int StatementsMax = 10_000;

    /// <summary>Characters of their texts together.</summary>
    internal const long CharactersMax = 32 << 20;

    /// <summary>What the undo list may hold before its pipeline must be decided: changes, and characters of statements that went.</summary>
    private const int UndoStepsMax = 1 << 14;

    private long _characters;
    private long _undoCharacters;

    private readonly Dictionary<string, SessionStatement> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionStatement>.AlternateLookup<ReadOnlySpan<char>> _byChars;
    private readonly List<(string Name, SessionStatement? Before)> _undo = [];
    private SessionStatement? _unnamed;

    public NamedStatements()
    {
        _byChars = _named.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _named.Count;

    /// <summary>Whether changes may have to be undone: a statement before them waits for the order.</summary>
    public bool CanBeUndone { get; set; }

    /// <summary>So much is kept for undoing that it should be known what becomes of it.</summary>
    public bool IsUndoFull => _undo.Count >= UndoStepsMax || _undoCharacters >= CharactersMax;

    public IEnumerable<KeyValuePair<string, SessionStatement>> Named => _named.OrderBy(s => s.Key, StringComparer.Ordinal);

    /// <summary>A mark for <see cref="UndoTo"/>; only meaningful while changes are recorded.</summary>
    public int UndoMark => _undo.Count;

    /// <summary>26000 where there is none.</summary>
    public SessionStatement Get(ReadOnlySpan<byte> name)
    {
        return TryGet(name)
            ?? throw (name.IsEmpty ? new SqlException(SqlState.UndefinedPstatement, "unnamed prepared statement does not exist") : Missing(BodyText.Of(name)));
    }

    /// <summary>Null where there is none.</summary>
    public SessionStatement? TryGet(ReadOnlySpan<byte> name) => name.IsEmpty ? _unnamed : Find(name);

    public bool Has(string name) => _named.ContainsKey(name);

    /// <summary>26000 where there is none.</summary>
    public SessionStatement Get(string name) => _named.GetValueOrDefault(name) ?? throw Missing(name);

    /// <summary>42P05 where there is one of the name already; the unnamed statement is replaced.</summary>
    public void Add(string name, SessionStatement statement)
    {
        if (name.Length == 0)
        {
            Note(name, _unnamed);
            _unnamed = statement;
            return;
        }

        if (_named.Count >= StatementsMax)
        {
            throw new SqlException(SqlState.ProgramLimitExceeded, $"more than {StatementsMax} prepared statements in one session");
        }

        if (_characters + statement.SourceText.Length > CharactersMax)
        {
            throw new SqlException(SqlState.ProgramLimitExceeded, $"prepared statements of a session cannot have more than {CharactersMax} characters");
        }

        if (!_named.TryAdd(name, statement))
        {
            throw new SqlException(SqlState.DuplicatePstatement, $"prepared statement \"{name}\" already exists");
        }

        _characters += statement.SourceText.Length;
        Note(name, null);
    }

    /// <summary>False where there was none, which the protocol does not mind.</summary>
    public bool Remove(string name)
    {
        if (name.Length == 0)
        {
            Note(name, _unnamed);
            _unnamed = null;
            return true;
        }

        if (!_named.Remove(name, out SessionStatement? removed))
        {
            return false;
        }

        _characters -= removed.SourceText.Length;
        Note(name, removed);
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
                _named.Remove(name, out SessionStatement? added);
                _characters -= added!.SourceText.Length;
            }
            else
            {
                _named[name] = before;
                _characters += before.SourceText.Length;
            }
        }

        ForgetUndo();
    }

    /// <summary>Everything so far stays.</summary>
    public void ForgetUndo()
    {
        _undo.Clear();
        _undoCharacters = 0;
    }

    private void Note(string name, SessionStatement? before)
    {
        if (!CanBeUndone) return;
        _undo.Add((name, before));
        _undoCharacters += before?.SourceText.Length ?? 0;
    }

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
