namespace Dadbs.Storage.Trees;

/// <summary>
/// The time between two checkpoints. Snapshots and their cursors hold the era they were made in; when nothing holds it any more, pages that only states of this era
/// and earlier ones need are garbage. Without finalizers or counters: the garbage collector knows who still reads.
/// </summary>
internal sealed class Era;
