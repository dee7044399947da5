using Dadbs.Storage;

namespace Dadbs.Replication;

/// <summary>
/// What the chain is for: executes finalized blocks in order. The server implements it with the SQL engine on the state store.
/// Every member is called from one thread, the apply thread; <see cref="Recovered"/> once, before the first block.
/// </summary>
/// <remarks>
/// <see cref="Execute"/> is a function of the recovered state and the block alone. A deterministic failure is part of its result
/// (Rule X2, docs/consensus.md); an exception means a local failure (disk, corruption, memory) and stops the node.
/// </remarks>
public interface IStateMachine
{
    /// <summary>The newest state that survived: replay of the block log starts one height above it. Height 0 is genesis.</summary>
    ExecutedState Recovered { get; }

    /// <summary>
    /// Rule X4: this block is likely to be the next that is executed. What can be done for it may be done, as long as nothing of it is to be seen by anybody: another block, or none, may come in
    /// its place, and then it never was. By default nothing is.
    /// </summary>
    void Speculate(OrderedBlock block)
    {
    }

    /// <summary>
    /// Executes one block. Transactions come in their final order (Rule X1) with duplicates left in: replay protection (Rule X1a) is
    /// replicated state and so the state machine's business. Form, chain id and signature of each have been checked.
    /// </summary>
    ExecutedBlock Execute(OrderedBlock block);

    /// <summary>
    /// The block log is on disk through <paramref name="height"/>, which is the height executed last. Here, between two blocks, a
    /// checkpoint of that height may be written or begun (a manifest never runs ahead of the block log).
    /// </summary>
    void BlocksDurable(long height);
}

/// <summary>A height and the roots that its execution led to.</summary>
public sealed record ExecutedState(long Height, Hash256 StateRoot, Hash256 ReceiptsRoot);

/// <summary>The result of one block.</summary>
/// <param name="Height">The height that was executed.</param>
/// <param name="StateRoot">Root of the state after the block.</param>
/// <param name="ReceiptsRoot">Root of the receipts, the change set's hash included.</param>
/// <param name="ChangeSet">The block's net change set in its canonical encoding; kept in the block log, opaque here.</param>
public sealed record ExecutedBlock(long Height, Hash256 StateRoot, Hash256 ReceiptsRoot, ReadOnlyMemory<byte> ChangeSet);
