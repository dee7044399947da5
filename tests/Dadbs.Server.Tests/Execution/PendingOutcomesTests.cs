using Dadbs.Server.Execution;
using Dadbs.Server.Sessions.Ordering;
using Dadbs.Storage;

namespace Dadbs.Server.Tests.Execution;

/// <summary>How outcomes reach the sessions that wait for them, and how a wait ends without one.</summary>
public sealed class PendingOutcomesTests
{
    private static readonly TransactionOutcome Committed = new TransactionOutcome.Committed(1);
    private readonly PendingOutcomes _pending = new();

    [Fact]
    public async Task A_wait_that_lasts_too_long_ends_with_an_unknown_outcome_that_names_the_transaction()
    {
        PendingOutcomes.Waiter waiter = Add("a");
        TransactionOutcome outcome = await _pending.AwaitAsync(waiter, TimeSpan.FromMilliseconds(1), default);
        TransactionOutcome.Unknown unknown = Assert.IsType<TransactionOutcome.Unknown>(outcome);
        Assert.Equal(Id("a").ToHex(), unknown.TransactionId);
        Assert.Equal("no outcome within dadbs.commit_timeout (0.001 s)", unknown.Reason);
        Assert.True(_pending.Contains(Id("a")));
        Assert.Null(_pending.Borrow(Id("a")));
    }

    [Fact]
    public async Task A_cancelled_wait_ends_unless_the_transaction_is_being_executed()
    {
        using var cancellation = new CancellationTokenSource();
        PendingOutcomes.Waiter waiting = Add("a");
        PendingOutcomes.Waiter taken = Add("b");
        ValueTask<TransactionOutcome> first = _pending.AwaitAsync(waiting, TimeSpan.FromMinutes(5), cancellation.Token);
        ValueTask<TransactionOutcome> second = _pending.AwaitAsync(taken, TimeSpan.FromMinutes(5), cancellation.Token);
        Assert.Same(taken, _pending.Borrow(Id("b")));
        Assert.Null(_pending.Borrow(Id("b")));
        await cancellation.CancelAsync();
        Assert.IsType<TransactionOutcome.Unknown>(await first);
        _pending.Answer(taken, Committed);
        _pending.Deliver();
        Assert.Equal(Committed, await second);
    }

    /// <summary>X4. While the apply thread has the observer, a session that gives up must not touch it; and the outcome may yet come first.</summary>
    [Fact]
    public async Task Who_gives_up_while_its_transaction_is_executed_ahead_learns_so_when_that_is_over()
    {
        using var cancellation = new CancellationTokenSource();
        PendingOutcomes.Waiter returned = Add("a");
        PendingOutcomes.Waiter waitsOn = Add("b");
        ValueTask<TransactionOutcome> first = _pending.AwaitAsync(returned, TimeSpan.FromMinutes(5), cancellation.Token);
        ValueTask<TransactionOutcome> second = _pending.AwaitAsync(waitsOn, TimeSpan.FromMinutes(5), default);
        Assert.Same(returned, _pending.Borrow(Id("a")));
        Assert.Same(waitsOn, _pending.Borrow(Id("b")));
        await cancellation.CancelAsync();
        Assert.False(first.IsCompleted);
        returned.Return();
        waitsOn.Return();
        Assert.Equal("the wait was cancelled after submission", Assert.IsType<TransactionOutcome.Unknown>(await first).Reason);
        Assert.Null(_pending.Borrow(Id("a")));
        Assert.Same(waitsOn, _pending.Borrow(Id("b")));
        _pending.AnswerExecuted(returned, Committed);
        _pending.AnswerExecuted(waitsOn, Committed);
        _pending.Deliver();
        Assert.Equal(Committed, await second);
    }

    /// <summary>Sessions go on where they are woken: one that does not return keeps none of the others of its block waiting.</summary>
    [Fact]
    public async Task A_session_that_goes_on_for_long_holds_up_no_other_outcome()
    {
        using var release = new ManualResetEventSlim();
        PendingOutcomes.Waiter[] waiters = [.. Enumerable.Range(0, 4).Select(i => Add($"{i}"))];
        Task stuck = waiters[0].Outcome.ContinueWith(_ => release.Wait(), TaskContinuationOptions.ExecuteSynchronously);
        foreach (PendingOutcomes.Waiter waiter in waiters) _pending.Answer(waiter, Committed);
        _pending.Deliver();
        await Task.WhenAll(waiters[1..].Select(waiter => waiter.Outcome)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.False(stuck.IsCompleted);
        release.Set();
        await stuck;
    }

    /// <summary>The thread of the answers is busy with the first for as long as the test lasts; a thousand others, of its block and of later ones, go round it.</summary>
    [Fact]
    public async Task Outcomes_of_later_blocks_go_round_a_session_that_does_not_return()
    {
        using var release = new ManualResetEventSlim();
        PendingOutcomes.Waiter[] waiters = [.. Enumerable.Range(0, 1_000).Select(i => Add($"{i}"))];
        Task stuck = waiters[0].Outcome.ContinueWith(_ => release.Wait(), TaskContinuationOptions.ExecuteSynchronously);
        for (int i = 0; i < waiters.Length; i++)
        {
            _pending.Answer(waiters[i], Committed);
            if (i % 100 == 0) _pending.Deliver();
        }

        _pending.Deliver();
        await Task.WhenAll(waiters[1..].Select(waiter => waiter.Outcome)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.False(stuck.IsCompleted);
        release.Set();
        await stuck;
    }

    private static Hash256 Id(string name) => Hash256.Sha256(System.Text.Encoding.UTF8.GetBytes(name));

    private PendingOutcomes.Waiter Add(string name) => _pending.Add(Id(name), results: null, long.MaxValue);
}
