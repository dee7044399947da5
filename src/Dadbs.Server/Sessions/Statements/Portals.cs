using Dadbs.Sql;

namespace Dadbs.Server.Sessions.Statements;

/// <summary>The portals of a session, cursors of DECLARE included: one namespace, emptied when the transaction ends.</summary>
internal sealed class Portals
{
    private readonly Dictionary<string, Portal> _named = new(StringComparer.Ordinal);
    private Portal? _unnamed;

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
            _unnamed?.Dispose();
            _unnamed = portal;
        }
        else if (!_named.TryAdd(portal.Name, portal))
        {
            throw new SqlException(SqlState.DuplicateCursor, $"cursor \"{portal.Name}\" already exists");
        }
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

        portal?.Dispose();
        return portal is not null;
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
        _unnamed?.Dispose();
        _unnamed = null;
        if (_named.Count > 0)
        {
            foreach (Portal portal in _named.Values)
            {
                portal.Dispose();
            }

            _named.Clear();
        }
    }
}
