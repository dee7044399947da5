using System.Text;
using Dadbs.PgWire.Backend;
using Dadbs.Server.Sessions.Statements;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Transactions;
using Dadbs.Sql.Types;

namespace Dadbs.Server.Sessions.Commands;

/// <summary>COPY … FROM STDIN and COPY … TO STDOUT, in text format.</summary>
internal static class CopyCommands
{
    private static readonly System.Buffers.SearchValues<byte> Escaped = System.Buffers.SearchValues.Create("\\\b\f\n\r\t\v"u8);

    public static async ValueTask BeginAsync(SessionState session, SessionPlanner planner, Portal portal, CopySyntax copy)
    {
        if (copy.FileName is not null || copy.IsProgram)
        {
            throw new SqlException(SqlState.FeatureNotSupported, "COPY to or from a file or program of the server is not supported")
            {
                Hint = "Use COPY ... FROM STDIN or TO STDOUT, or psql's \\copy.",
            };
        }

        if (copy.Where is not null)
        {
            throw new SqlException(SqlState.FeatureNotSupported, "COPY FROM with WHERE is not supported", copy.Where.Position);
        }

        if (copy.IsFrom)
        {
            session.Block.RequireWritable(copy);
            session.Block.KeepOpenPortals();
            CopyFrom target = Prepare(session, copy);
            if (session.Block.Local is not null)
            {
                await session.Block.LockRelationsAsync(target.RelationLocks).ConfigureAwait(false);
                session.Block.Refresh();
                target = Prepare(session, copy);
            }

            session.Copy = new CopyIn(session, target, portal.Statement) { IsSimple = portal.WithDescription };
            CopyMessages.WriteCopyInResponse(session.Output.Buffer, target.ColumnCount);
        }
        else
        {
            await OutAsync(session, planner, portal, copy).ConfigureAwait(false);
        }
    }

    /// <summary>Inserts lines that waited to be ordered in the session's block instead: something comes that needs them now, or others hold locks.</summary>
    public static async ValueTask InsertAsync(SessionState session, Portal portal, CopySyntax copy, byte[] lines)
    {
        (long rows, _) = await InsertAsync(session, Prepare(session, copy), copy, portal.Statement.Text, lines).ConfigureAwait(false);
        ResultMessages.WriteCommandComplete(session.Output.Buffer, CopyFrom.Tag(rows));
    }

    /// <summary>
    /// Inserts lines in the session's block, waiting for what they need. Returns how many rows, and what to go on with: after a wait the table may have another definition.
    /// </summary>
    public static async ValueTask<(long Rows, CopyFrom Target)> InsertAsync(SessionState session, CopyFrom target, CopySyntax copy, string text, byte[] lines)
    {
        while (true)
        {
            try
            {
                session.Locks.LockRelations(target.Insert.RelationLocks);
                return (session.Block.Local!.Copy(target, text, lines), target);
            }
            catch (SequenceOrderNeededException need)
            {
                await SequenceOrders.ExecuteAsync(session, need).ConfigureAwait(false);
            }
            catch (LockWaitNeededException need)
            {
                await session.Block.WaitForLockAsync(need).ConfigureAwait(false);
                long linesBefore = target.LinesBefore;
                target = Prepare(session, copy);
                target.LinesBefore = linesBefore;
            }
        }
    }

    private static CopyFrom Prepare(SessionState session, CopySyntax copy) =>
        CopyFrom.Prepare((text, types) => session.Prepare(text, SqlParser.Parse(text)[0], types), copy, session.Planning);

    private static async ValueTask OutAsync(SessionState session, SessionPlanner planner, Portal portal, CopySyntax copy)
    {
        if (copy.Options.FirstOrDefault(o => !(o.Name is "format" && o.Value is StringLiteralSyntax { Value: "text" }) && o.Name != "encoding") is { } option)
        {
            throw new SqlException(SqlState.FeatureNotSupported, $"COPY option \"{option.Name}\" is not supported", option.Position);
        }

        PreparedStatement plan = planner.Plan(OutQuery(session, planner, portal, copy))!;
        if (!plan.IsReadOnly || plan.LocksRows || plan.Columns is null)
        {
            throw new SqlException(SqlState.FeatureNotSupported, "COPY of a statement that writes is not supported", copy.Position);
        }

        if (session.Block.Local is null && session.Services.Locks.StandsAgainst(session.Database.Oid, plan.RelationLocks)) session.Block.BeginImplicit();
        if (session.Block.Local is not null)
        {
            // Columns are those of the table when it is locked, as in PostgreSQL: it may have been altered while this waited.
            await session.Block.LockRelationsAsync(plan.RelationLocks).ConfigureAwait(false);
            plan = planner.Plan(OutQuery(session, planner, portal, copy))!;
        }

        MessageBuffer output = session.Output.Buffer;
        RowDescription columns = plan.Columns!;
        CopyMessages.WriteCopyOutResponse(output, columns.Columns.Count);
        using StatementCursor cursor = session.Block.Local is { } local ? local.Read(plan, []) : plan.Open(session.ReadContext([]));
        long rows = 0;
        using var field = new MessageBuffer();
        TypeSettings settings = session.OutputSettings;
        while (cursor.MoveNext())
        {
            WriteLine(output, field, cursor.Current, columns, settings);
            rows++;
            await session.Output.RelieveAsync(session.Interrupt.Token).ConfigureAwait(false);
        }

        output.WriteEmpty(BackendMessageType.CopyDone);
        ResultMessages.WriteCommandComplete(output, $"COPY {rows}");
    }

    private static void WriteLine(MessageBuffer output, MessageBuffer field, ReadOnlySpan<Datum> row, RowDescription columns, TypeSettings settings)
    {
        output.Begin(BackendMessageType.CopyData);
        for (int i = 0; i < row.Length; i++)
        {
            if (i > 0)
            {
                output.WriteByte((byte)'\t');
            }

            if (row[i].IsNull)
            {
                output.WriteBytes("\\N"u8);
                continue;
            }

            field.Clear();
            columns.Columns[i].Type.Type.Operations.FormatText(row[i], field, settings);
            WriteEscaped(output, field.WrittenSpan);
        }

        output.WriteByte((byte)'\n');
        output.End();
    }

    private static void WriteEscaped(MessageBuffer output, ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(Escaped) < 0)
        {
            output.WriteBytes(text);
            return;
        }

        foreach (byte b in text)
        {
            byte letter = b switch
            {
                (byte)'\\' => (byte)'\\',
                8 => (byte)'b',
                12 => (byte)'f',
                10 => (byte)'n',
                13 => (byte)'r',
                9 => (byte)'t',
                11 => (byte)'v',
                _ => 0,
            };
            if (letter != 0)
            {
                output.WriteByte((byte)'\\');
            }

            output.WriteByte(letter == 0 ? b : letter);
        }
    }

    private static SessionStatement OutQuery(SessionState session, SessionPlanner planner, Portal portal, CopySyntax copy) => copy.Query is null
        ? TableQuery(session, planner, copy)
        : new SessionStatement { SourceText = portal.Statement.SourceText, Parsed = portal.Statement.Parsed! with { Syntax = copy.Query } };

    private static SessionStatement TableQuery(SessionState session, SessionPlanner planner, CopySyntax copy)
    {
        QualifiedNameSyntax name = copy.Table!;
        RelationDescriptor relation = session.Catalog.FindRelation(name.Schema, name.Name, session.SearchPath)
            ?? throw new SqlException(SqlState.UndefinedTable, $"relation \"{name}\" does not exist");
        if (relation is not TableDescriptor)
        {
            throw new SqlException(SqlState.WrongObjectType, $"cannot copy from {(relation is ViewDescriptor ? "view" : "relation")} \"{relation.Name}\"")
            {
                Hint = "Try the COPY (SELECT ...) TO variant.",
            };
        }

        foreach (string column in copy.Columns)
        {
            if (relation.Columns.All(c => c.Name != column))
            {
                throw new SqlException(SqlState.UndefinedColumn, $"column \"{column}\" of relation \"{relation.Name}\" does not exist");
            }
        }

        IEnumerable<string> columns = copy.Columns.Count > 0 ? copy.Columns : relation.Columns.Select(c => c.Name);
        var text = new StringBuilder("SELECT ").AppendJoin(", ", columns.Select(Quote)).Append($" FROM {Quote(relation.SchemaName)}.{Quote(relation.Name)}");
        return planner.Parse(text.ToString(), []);
    }

    private static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
