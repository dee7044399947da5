namespace Dadbs.Replication;

/// <summary>One finalized and executed block as the block log keeps it; what <c>dadbs.blocks</c> and <c>dadbs.transactions</c> read.</summary>
/// <param name="Block">The block with its transactions in their order of execution.</param>
/// <param name="Result">What its execution led to on this node.</param>
/// <param name="CertifiedHeight">The earlier height that this block names as executed, with its roots.</param>
public sealed record BlockRecord(OrderedBlock Block, ExecutedBlock Result, ExecutedState CertifiedHeight);
