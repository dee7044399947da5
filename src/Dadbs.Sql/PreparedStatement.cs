using Dadbs.Sql.Types;

namespace Dadbs.Sql;

/// <summary>A statement that was bound and planned: immutable, any number of executions, any thread.</summary>
public abstract class PreparedStatement
{
    public required StatementKind Kind { get; init; }

    /// <summary>The statement's own text, without its neighbours in the string.</summary>
    public required string Text { get; init; }

    /// <summary>The syntax it came from; what a session needs of BEGIN, SET, COPY and the like.</summary>
    public required Parsing.StatementSyntax Syntax { get; init; }

    /// <summary>Types of $1, $2, …: declared or inferred.</summary>
    public IReadOnlyList<SqlType> ParameterTypes { get; init; } = [];

    /// <summary>The result's shape, or null for a statement that returns no rows.</summary>
    public RowDescription? Columns { get; init; }

    /// <summary>It writes nothing: no DML, no definition, no call of a function that writes (nextval, setval).</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>OIDs of the sequences that its nextval and setval calls name, those of defaults included.</summary>
    public IReadOnlyCollection<uint> Sequences { get; init; } = [];

    /// <summary>It may be executed by every node from its text: it reads no local relation and calls no function of the node.</summary>
    public bool IsReplicable { get; init; } = true;

    /// <summary>Tables that it uses, views looked through, in the order in which it names them; each once, in its strongest mode.</summary>
    public IReadOnlyList<Seams.RelationLock> RelationLocks { get; init; } = [];

    /// <summary>FOR UPDATE, FOR SHARE and the like: it locks the rows that it returns, although it may write nothing.</summary>
    public bool LocksRows { get; init; }

    /// <summary>
    /// An execution takes microseconds however many rows the tables hold: it reads or writes at most one row, found by the whole of a unique key, concerns no foreign key and calls no function
    /// that could take long. What is left is linear in the size of that row and of the parameters (casts, sending it). So it may run on a thread that others wait for.
    /// </summary>
    public bool IsPointAccess { get; init; }

    /// <summary>True when the engine executes it (<see cref="Open"/>); false for what the session does itself.</summary>
    public abstract bool IsExecutable { get; }

    /// <summary>Begins an execution.</summary>
    public abstract StatementCursor Open(StatementContext context);

    /// <summary>The plan as EXPLAIN prints it, a line an item.</summary>
    public abstract IReadOnlyList<string> Explain(bool costs);
}
