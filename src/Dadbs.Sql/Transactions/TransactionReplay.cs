using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Settings;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Executes one transaction at its place in the order, as every node does: judged, its statements bound against the catalog as it is there,
/// run on an overlay of its own over the block's, and either kept whole or dropped whole.
/// </summary>
/// <remarks>
/// The fourth border where exceptions end: all but a named list of local failures (disk, corruption, memory) become the transaction's
/// outcome, so that a poison transaction cannot stop the chain (Rule X2, docs/consensus.md).
/// </remarks>
public static class TransactionReplay
{
    /// <param name="bodyBytes">The body as it was signed.</param>
    /// <param name="origin">What the envelope says; the signature was verified.</param>
    /// <param name="block">The block's overlay; receives the effects, and the used sequence whatever the outcome.</param>
    /// <param name="environment">What the block's transactions share.</param>
    /// <param name="observer">The submitting session's, on its own node; else null.</param>
    public static ReplayOutcome Replay(
        ReadOnlySpan<byte> bodyBytes, TransactionOrigin origin, Overlay block, ReplayEnvironment environment, IResultObserver? observer)
    {
        Overlay effects = block.TakeChild();
        try
        {
            return Replay(bodyBytes, origin, block, effects, environment, observer);
        }
        finally
        {
            environment.Workspace.Rows.Trim();
            block.ReturnChild(effects);
        }
    }

    private static ReplayOutcome Replay(
        ReadOnlySpan<byte> bodyBytes, TransactionOrigin origin, Overlay block, Overlay effects, ReplayEnvironment environment, IResultObserver? observer)
    {
        var run = new Run(origin, block, effects, environment, observer);
        try
        {
            observer?.Begin();
            if (run.Refuse() is { } refusal) return refusal;
            run.Execute(TransactionBodyCodec.Decode(bodyBytes, environment.Workspace.Texts));
        }
        catch (SqlException error)
        {
            return run.Failed(error);
        }
        catch (Exception error) when (error is KeyTooLongException or ValueTooLongException)
        {
            return run.Failed(new SqlException(SqlState.ProgramLimitExceeded, error.Message));
        }
        catch (MalformedBytesException error)
        {
            return run.Failed(new SqlException(SqlState.ProtocolViolation, error.Message));
        }
#pragma warning disable CA1031 // The replay border: an unexpected exception is an outcome, equal on all nodes.
        catch (Exception error) when (!IsLocalFailure(error))
#pragma warning restore CA1031
        {
            return run.Failed(new SqlException(SqlState.InternalError, $"internal error: {error.GetType().Name}")) with { UnexpectedException = error };
        }

        effects.MergeInto(block);
        return run.ChangedCatalog ? new ReplayOutcome { IsCommitted = true, ChangedCatalog = true } : ReplayOutcome.Committed;
    }

    /// <summary>Failures of this machine, which other nodes do not share: they stop the node.</summary>
    private static bool IsLocalFailure(Exception error) => error is IOException or OutOfMemoryException or OperationCanceledException;

    /// <summary>The replay of one transaction.</summary>
    private sealed class Run(TransactionOrigin origin, Overlay block, Overlay effects, ReplayEnvironment environment, IResultObserver? observer)
    {
        private readonly DeferredConstraints _deferred = new();
        private int _statement = -1;
        private uint _database;
        private ReplaySequences? _sequences;
        private readonly TransactionBudget _budget = new();
        private int _assertion;

        public bool ChangedCatalog { get; private set; }

        /// <summary>
        /// Judges the envelope. A key that is registered nowhere leaves no trace; any other uses its sequence up, so that a refused
        /// transaction cannot be executed by being ordered again.
        /// </summary>
        public ReplayOutcome? Refuse()
        {
            KeyAuthority authority = KeyAuthorities.Of(block, origin.RoleOid, origin.PublicKey);
            if (authority == KeyAuthority.UnknownKey) return Failed(NotAuthorised("a key that is not registered"));
            AdmissionResult admission = ReplayWindow.Admit(block, origin, environment.BlockTimeMicros, environment.Limits);
            if (admission != AdmissionResult.Admitted)
                return Failed(Refusal(admission)) with { IsDuplicate = admission is AdmissionResult.Duplicate or AdmissionResult.TooOld };
            return authority == KeyAuthority.Granted ? null : Failed(NotAuthorised($"the role with OID {origin.RoleOid}"));
        }

        public void Execute(TransactionBody body)
        {
            CheckClock(body.ClockMicros);
            CheckLevel(body);
            CatalogSnapshot catalog = environment.Catalogs.Get(effects, body.DatabaseOid);
            TakeBackLeases(body, catalog);
            string role = catalog.RoleByOid(origin.RoleOid)?.Name ?? throw NotAuthorised($"the role with OID {origin.RoleOid}");
            TransactionInputs inputs = InputsOf(body, body.Settings, role, catalog);
            GrantLeases(body, catalog, inputs.CurrentUser);
            var sequences = new ReplaySequences(effects, origin.PublicKey, observer);
            (_sequences, _database) = (sequences, body.DatabaseOid);
            for (_statement = 0; _statement < body.Statements.Count; _statement++)
            {
                CheckAssertions(body);
                if (_statement > 0) catalog = environment.Catalogs.Get(effects, body.DatabaseOid);
                if (body.Statements[_statement].Settings is { } settings) inputs = InputsOf(body, settings, role, catalog);
                if (body.Kind == TransactionKind.Explicit) ExecuteAgain(body.Statements[_statement], inputs, catalog, sequences);
                else Execute(body.Statements[_statement], inputs, catalog, sequences);
            }

            CheckAssertions(body);
            CheckDeferred(body, inputs, sequences);
            ChangedCatalog = CatalogCache.HasChanges(effects, body.DatabaseOid);
        }

        private TransactionInputs InputsOf(TransactionBody body, IReadOnlyList<CapturedSetting> captured, string role, CatalogSnapshot catalog)
        {
            SessionSettings settings = environment.Workspace.Settings.For(captured);
            return new TransactionInputs
            {
                Catalogs = environment.Catalogs,
                ClockMicros = body.ClockMicros,
                Seed = body.Seed,
                Settings = settings,
                CurrentUser = CurrentRole(settings, role, catalog),
                SessionUser = role,
                SigningKey = origin.PublicKey,
                IsReplicated = true,
            };
        }

        public ReplayOutcome Failed(SqlException error)
        {
            _sequences?.Survive(block, environment.Catalogs.Get(block, _database));
            return new() { IsCommitted = false, Error = error, FailedStatement = _statement };
        }

        /// <summary>The session was told that this statement succeeded: a failure now is a difference like any other.</summary>
        private void ExecuteAgain(CarriedStatement carried, TransactionInputs inputs, CatalogSnapshot catalog, ReplaySequences sequences)
        {
            if (carried.Digest is null) throw new SqlException(SqlState.ProtocolViolation, "a statement of an explicit transaction has no digest");
            try
            {
                Execute(carried, inputs, catalog, sequences);
            }
            catch (SqlException error) when (error.State != SqlState.SerializationFailure)
            {
                throw Differs(error);
            }
        }

        /// <summary>Constraints that waited for the transaction's end. Their failure is the last statement's: the session of an explicit transaction made the same checks before.</summary>
        private void CheckDeferred(TransactionBody body, TransactionInputs inputs, ReplaySequences sequences)
        {
            if (!_deferred.HasPending) return;
            _statement = body.Statements.Count - 1;
            StatementContext context = inputs.NewContext(effects, effects, environment.Catalogs.Get(effects, body.DatabaseOid), [], _statement, sequences, _budget.Next(null));
            try
            {
                _deferred.CheckAll(context);
            }
            catch (SqlException error) when (body.Kind == TransactionKind.Explicit)
            {
                throw Differs(error);
            }
        }

        private static SqlException Differs(SqlException error) =>
            new(SqlState.SerializationFailure, "could not serialize access due to concurrent update")
            {
                Detail = $"At its place in the order a statement failed: {error.Message}",
            };

        private void Execute(CarriedStatement carried, TransactionInputs inputs, CatalogSnapshot catalog, ReplaySequences sequences)
        {
            sequences.Begin(catalog, carried.SequenceValues);
            if (carried.CopyLines is { } lines)
            {
                ExecuteCopy(carried, lines, inputs, catalog, sequences, inputs.Planning(catalog));
                return;
            }

            PreparedStatement statement = Prepare(carried, inputs, catalog);
            CheckResultTypes(carried, statement);
            StatementContext context = inputs.NewContext(effects, effects, catalog, Parameters(carried, statement), _statement, sequences, _budget.Next(null));
            context.RowScratch = environment.Workspace.Rows;
            context.Deferred = _deferred;
            if (carried.Digest is not null) context.KeyCapture = KeyCapture.ForReplay(carried.CapturedKeys);
            if (observer is not null) context.Nanoseconds = environment.Nanoseconds;
            OutcomeDigest? digest = carried.Digest is null ? null : OutcomeDigest.Of(statement);
            observer?.BeginStatement(_statement, statement);
            using StatementCursor cursor = statement.Open(context);
            while (cursor.MoveNext())
            {
                digest?.AddRow(cursor.Current);
                observer?.Row(cursor.Current);
            }

            if (observer is not null) Report(context, cursor.CommandTag);
            if (digest is not null) CheckDigest(carried, digest.Finish(cursor.CommandTag));
        }

        private void ExecuteCopy(
            CarriedStatement carried, byte[] lines, TransactionInputs inputs, CatalogSnapshot catalog, ReplaySequences sequences, PlanningContext planning)
        {
            if (SqlParser.Parse(carried.Text) is not [{ Syntax: CopySyntax { IsFrom: true } syntax }])
                throw new SqlException(SqlState.ProtocolViolation, "rows of COPY come with COPY FROM only");
            CopyFrom copy = CopyFrom.Prepare((text, types) => environment.Engine.PrepareSingle(text, types, planning), syntax, planning);
            StatementContext context = inputs.NewContext(effects, effects, catalog, [], _statement, sequences, _budget.Next(null));
            context.RowScratch = environment.Workspace.Rows;
            context.Deferred = _deferred;
            observer?.BeginStatement(_statement, copy.Insert);
            string tag = CopyFrom.Tag(copy.Execute(lines, context));
            if (observer is not null) Report(context, tag);
            if (carried.Digest is not null) CheckDigest(carried, new OutcomeDigest([], isOrdered: false).Finish(tag));
        }

        private PreparedStatement Prepare(CarriedStatement carried, TransactionInputs inputs, CatalogSnapshot catalog)
        {
            ReplayPlans plans = environment.Workspace.Plans;
            if (carried.ParameterTypes.Count > 0 && plans.Find(carried.Text, carried.ParameterTypes, catalog, inputs.Settings, inputs.CurrentUser) is { } planned) return planned;
            var types = new SqlType?[carried.ParameterTypes.Count];
            for (int i = 0; i < types.Length; i++)
            {
                types[i] = SqlTypes.ByOid(carried.ParameterTypes[i])
                    ?? throw new SqlException(SqlState.UndefinedObject, $"type with OID {carried.ParameterTypes[i]} does not exist");
            }

            PreparedStatement statement = environment.Engine.PrepareSingle(carried.Text, types, inputs.Planning(catalog));
            if (!statement.IsExecutable || !statement.IsReplicable)
                throw new SqlException(SqlState.FeatureNotSupported, "this statement cannot be replicated");
            if (carried.ParameterTypes.Count > 0 && statement is PlannedStatement made) plans.Add(carried.Text, carried.ParameterTypes, catalog, inputs.Settings, inputs.CurrentUser, made);
            return statement;
        }

        private static Datum[] Parameters(CarriedStatement carried, PreparedStatement statement)
        {
            if (statement.ParameterTypes.Count != carried.Parameters.Count)
            {
                throw new SqlException(
                    SqlState.ProtocolViolation, $"statement takes {statement.ParameterTypes.Count} parameters, {carried.Parameters.Count} are carried");
            }

            if (carried.Parameters.Count == 0) return [];
            var values = new Datum[carried.Parameters.Count];
            for (int i = 0; i < values.Length; i++)
            {
                if (carried.Parameters[i] is { } bytes) values[i] = statement.ParameterTypes[i].Operations.ReadBinary(bytes, -1);
            }

            return values;
        }

        private void Report(StatementContext context, string tag)
        {
            foreach (SqlNotice notice in context.Notices) observer!.Notice(notice);
            observer!.EndStatement(tag);
        }

        /// <summary>The client was told these result types; others must not arrive.</summary>
        private static void CheckResultTypes(CarriedStatement carried, PreparedStatement statement)
        {
            if (carried.ExpectedTypes is not { } expected) return;
            IReadOnlyList<ResultColumn> columns = statement.Columns?.Columns ?? [];
            bool same = columns.Count == expected.Count;
            for (int i = 0; same && i < columns.Count; i++) same = columns[i].Type.Type.Oid == expected[i];
            if (!same) throw new SqlException(SqlState.FeatureNotSupported, "cached plan must not change result type");
        }

        private static void CheckDigest(CarriedStatement carried, byte[] digest)
        {
            if (!digest.AsSpan().SequenceEqual(carried.Digest))
                throw new SqlException(SqlState.SerializationFailure, "could not serialize access due to concurrent update");
        }

        /// <summary>Rule X1b: nobody may back-date, or date ahead.</summary>
        private void CheckClock(long clockMicros)
        {
            long age = environment.BlockTimeMicros - clockMicros;
            if (age <= environment.Limits.ClockAgeMicros && age >= -environment.Limits.ClockDriftMicros) return;
            throw new SqlException(SqlState.SerializationFailure, "could not serialize access due to the transaction's clock")
            {
                Detail = "Its captured time is too far from the block's.",
            };
        }

        /// <summary>
        /// Under the upper levels, nothing that the transaction read may have changed since its snapshot: neither in the blocks between, nor by the transactions
        /// before it in this block.
        /// </summary>
        private void CheckLevel(TransactionBody body)
        {
            if (body.Kind != TransactionKind.Explicit && (body.Footprint.Count > 0 || body.SnapshotHeight != 0 || body.Assertions.Count > 0))
                throw new SqlException(SqlState.ProtocolViolation, "footprints and assertions belong to explicit transactions");
            if (body.Isolation < TransactionIsolation.RepeatableRead)
            {
                CheckLockedTables(body);
                return;
            }

            if (body.Kind != TransactionKind.Explicit) throw new SqlException(SqlState.ProtocolViolation, "isolation levels belong to explicit transactions");
            RelationRanges footprint = Footprint.Of(body.Footprint);
            RelationRanges catalog = Footprint.OfCatalog(body.DatabaseOid);
            RangesSince since = environment.History?.Compare(body.SnapshotHeight, footprint) ?? RangesSince.Forgotten;
            if (since == RangesSince.Forgotten)
                throw NotSerializable($"The changes since its snapshot at height {body.SnapshotHeight} are no longer kept.");
            if (since == RangesSince.Touched || block.Touches(footprint))
                throw NotSerializable($"Something that the transaction read has changed since its snapshot at height {body.SnapshotHeight}.");
            if (environment.History!.Compare(body.SnapshotHeight, catalog) != RangesSince.Untouched || block.Touches(catalog))
                throw NotSerializable($"A definition has changed since its snapshot at height {body.SnapshotHeight}.");
        }

        /// <summary>Under READ COMMITTED the footprint is what LOCK TABLE holds: whole tables, which are still what they were at the height.</summary>
        private void CheckLockedTables(TransactionBody body)
        {
            if (body.Footprint.Count == 0 && body.SnapshotHeight == 0) return;
            if (body.Footprint.Count == 0 || body.Footprint.Any(range => range.Low is not null || range.High is not null))
                throw new SqlException(SqlState.ProtocolViolation, "under READ COMMITTED a footprint is of whole tables");
            RelationRanges footprint = Footprint.Of(body.Footprint);
            RangesSince since = environment.History?.Compare(body.SnapshotHeight, footprint) ?? RangesSince.Forgotten;
            if (since == RangesSince.Forgotten) throw LockedTables.Changed($"The changes since height {body.SnapshotHeight}, from which on the transaction held a table, are no longer kept.");
            HashSet<RelationId> rows = [.. environment.Catalogs.Get(effects, body.DatabaseOid).Relations.OfType<TableDescriptor>().Select(table => table.Rows)];
            if (since == RangesSince.Touched || block.Touches(footprint) || !body.Footprint.All(range => rows.Contains(new RelationId(range.Database, range.File))))
                throw LockedTables.Changed("A table that the transaction had locked has changed before its place in the order: on another node.");
        }

        private static SqlException NotSerializable(string detail) =>
            new(SqlState.SerializationFailure, "could not serialize access due to read/write dependencies among transactions")
            {
                Detail = detail,
                Hint = "The transaction might succeed if retried.",
            };

        /// <summary>The assertions whose place has come: so many statements have been replayed.</summary>
        private void CheckAssertions(TransactionBody body)
        {
            while (_assertion < body.Assertions.Count && body.Assertions[_assertion].BeforeStatement == _statement)
            {
                if (!Holds(body.Assertions[_assertion]))
                {
                    throw new SqlException(SqlState.SerializationFailure, "could not serialize access due to concurrent update")
                    {
                        Detail = "A row that the transaction had read is another at its place in the order.",
                    };
                }

                _assertion++;
            }
        }

        private bool Holds(RowAssertion assertion)
        {
            bool isOwn = (assertion.File & RowAssertions.OwnFile) != 0;
            var relation = new RelationId(
                assertion.Database, isOwn ? unchecked((assertion.File & ~RowAssertions.OwnFile) + CatalogKeys.ReadNextOid(block)) : assertion.File);
            if (assertion.Key is not { } key)
            {
                byte[] digest = RowAssertions.DigestOfOwnWrites(effects, relation, ProvisionalRowIds.FirstReal(block, relation));
                return digest.AsSpan().SequenceEqual(assertion.ImageDigest);
            }

            if (ProvisionalRowIds.IsProvisional(key)) key = ProvisionalRowIds.ToReal(key, ProvisionalRowIds.FirstReal(block, relation));
            bool isThere = effects.TryGet(relation, key, out ReadOnlyMemory<byte> image);
            return isThere
                ? assertion.ImageDigest.AsSpan().SequenceEqual(RowImage.DigestOf(image.Span))
                : assertion.ImageDigest.Length == 0;
        }

        /// <summary>SET ROLE: only a superuser may take another role until memberships exist.</summary>
        private static string CurrentRole(SessionSettings settings, string sessionRole, CatalogSnapshot catalog)
        {
            string? role = settings.Get("role");
            if (role is null or "none" or "" || role == sessionRole) return sessionRole;
            if (catalog.FindRole(role) is null) throw new SqlException(SqlState.InvalidParameterValue, $"role \"{role}\" does not exist");
            return catalog.FindRole(sessionRole)!.IsSuperuser
                ? role
                : throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied to set role \"{role}\"");
        }

        /// <summary>Holds even if the transaction fails: the node does not hand these values out any more.</summary>
        private void TakeBackLeases(TransactionBody body, CatalogSnapshot catalog)
        {
            foreach (LeaseReturn tail in body.LeaseReturns)
            {
                if (catalog.RelationByOid(tail.SequenceOid) is not SequenceDescriptor sequence) continue;
                (LeaseReturnResult result, long increment, int count) = SequenceLease.Return(block, body.DatabaseOid, sequence, origin.PublicKey, tail);
                if (result == LeaseReturnResult.Kept) observer?.LeaseKept(tail, increment, count);
            }
        }

        private void GrantLeases(TransactionBody body, CatalogSnapshot catalog, string role)
        {
            if (body.LeaseRequests.Count > 0 && body.Kind != TransactionKind.Leases)
                throw new SqlException(SqlState.ProtocolViolation, "leases are taken by transactions of their own");
            foreach (LeaseRequest request in body.LeaseRequests)
            {
                SequenceDescriptor sequence = catalog.SequenceByOid(request.SequenceOid);
                Ownership.RequireUse(sequence, catalog.FindRole(role));
                (long first, long increment, int count) = SequenceLease.Take(effects, body.DatabaseOid, sequence, origin.PublicKey, origin.Stream, request.Count);
                observer?.LeaseGranted(sequence.Oid, first, increment, count);
            }
        }

        private static SqlException NotAuthorised(string what) => new(SqlState.InsufficientPrivilege, $"the signing key may not act for {what}");

        private static SqlException Refusal(AdmissionResult admission) => new(
            SqlState.SerializationFailure,
            admission switch
            {
                AdmissionResult.Expired => "transaction was not executed before it expired",
                AdmissionResult.ExpiryTooFar => "transaction expires too far in the future",
                AdmissionResult.TooManyStreams => "the signing key has too many streams",
                _ => "transaction was executed already",
            })
        {
            Detail = admission == AdmissionResult.Expired ? "It had no effect and is safe to retry." : null,
        };
    }
}
