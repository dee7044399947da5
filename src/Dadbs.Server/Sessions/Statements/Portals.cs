using Dadbs.Sql;

namespace Dadbs.Server.Sessions.Statements;

/// <summary>The portals of a session, cursors of DECLARE included: one namespace, emptied when the transaction ends.</summary>
internal sealed class Portals
{
    /// <summary>Most named portals at a time.</summary>
    internal const int PortalsMax = 10_000;

    /// <summary>Most bytes of parameters and kept rows of all portals.</summary>
    internal const long BytesMax = 64 << 20;

    private readonly Dictionary<string, Portal> _named = new(StringComparer.Ordinal);
    private Portal? _unnamed;

    /// <summary>Bytes of parameters and kept rows that the portals hold now.</summary>
    public long HeldBytes { get; private set; }

    public Portal? Find(string name) => name.Length == 0 ? _unnamed : _named.GetValueOrDefault(name);

    /// <summary>34000 where there is none.</summary>
    public Portal Get(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return _unnamed ?? throw new SqlException(SqlState.UndefinedCursor, "portal \"\" does not exist");
        }

        string text = BodyText.Of(name);
        return _named.GetValueOrDefault(text) ?? throw new SqlException(SqlState.UndefinedCursor, $"portal \"{text}\" does not exist");
    }

    /// <summary>42P03 where there is one of the name; the unnamed portal is replaced.</summary>
    public void Add(Portal portal)
    {
        if (portal.Name.Length == 0)
        {
            Remove("");
            _unnamed = portal;
        }
        else if (_named.Count >= PortalsMax)
        {
            throw new SqlException(SqlState.ProgramLimitExceeded, $"more than {PortalsMax} portals in one session");
        }
        else if (HeldBytes + portal.ParameterBytes > BytesMax)
        {
            throw TooMuch();
        }
        else if (!_named.TryAdd(portal.Name, portal))
        {
            throw new SqlException(SqlState.DuplicateCursor, $"cursor \"{portal.Name}\" already exists");
        }
        else
        {
            // The unnamed portal's are bounded by the length of a message.
            Hold(portal, portal.ParameterBytes);
        }
    }

    /// <summary>A portal takes up memory, until it is closed.</summary>
    /// <exception cref="SqlException">54000: all of them together would hold too much.</exception>
    public void Hold(Portal portal, long bytes)
    {
        if (HeldBytes + bytes > BytesMax) throw TooMuch();
        HeldBytes += bytes;
        portal.HeldBytes += bytes;
    }

    private static SqlException TooMuch() => new(SqlState.ProgramLimitExceeded, $"portals of a session cannot hold more than {BytesMax} bytes");

    private void Close(Portal portal)
    {
        HeldBytes -= portal.HeldBytes;
        portal.HeldBytes = 0;
        portal.Dispose();
    }

    public bool Remove(string name)
    {
        Portal? portal;
        if (name.Length == 0)
        {
            (portal, _unnamed) = (_unnamed, null);
        }
        else
        {
            _named.Remove(name, out portal);
        }

        if (portal is null) return false;
        Close(portal);
        return true;
    }

    /// <summary>Those that may still give rows.</summary>
    public IEnumerable<Portal> Open
    {
        get
        {
            if (_unnamed is { State: PortalState.Open } unnamed)
            {
                yield return unnamed;
            }

            foreach (Portal portal in _named.Values)
            {
                if (portal.State == PortalState.Open)
                {
                    yield return portal;
                }
            }
        }
    }

    public void Clear()
    {
        Remove("");
        if (_named.Count > 0)
        {
            foreach (Portal portal in _named.Values)
            {
                Close(portal);
            }

            _named.Clear();
        }
    }
}
