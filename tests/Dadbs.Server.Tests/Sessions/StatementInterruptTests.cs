using Dadbs.Server.Sessions;

namespace Dadbs.Server.Tests.Sessions;

/// <summary>A session's statements share what ends their waits, and none ends another's.</summary>
public sealed class StatementInterruptTests : IDisposable
{
    private readonly StatementInterrupt _interrupt = new(TimeProvider.System);

    [Fact]
    public void A_cancel_ends_the_wait_of_its_statement_alone()
    {
        _interrupt.Arm(TimeSpan.Zero);
        CancellationToken waits = _interrupt.Token;
        _interrupt.Cancel();
        Assert.True(waits.IsCancellationRequested);
        _interrupt.Disarm();

        _interrupt.Arm(TimeSpan.Zero);
        Assert.False(_interrupt.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_cancel_before_the_wait_begins_ends_it()
    {
        _interrupt.Arm(TimeSpan.Zero);
        _interrupt.Cancel();
        Assert.True(_interrupt.Token.IsCancellationRequested);
    }

    /// <summary>What an earlier statement waited with is still there, and is not this one's.</summary>
    [Fact]
    public void A_cancel_of_a_statement_that_does_not_wait_leaves_the_next_one_alone()
    {
        Wait();
        _interrupt.Arm(TimeSpan.Zero);
        _interrupt.Cancel();
        _interrupt.Disarm();

        _interrupt.Arm(TimeSpan.Zero);
        Assert.False(_interrupt.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_cancel_between_statements_is_lost()
    {
        Wait();
        _interrupt.Cancel();
        _interrupt.Arm(TimeSpan.Zero);
        Assert.False(_interrupt.Token.IsCancellationRequested);
    }

    /// <summary>A timer that was set for one statement does not reach the next.</summary>
    [Fact]
    public async Task A_timeout_is_of_its_statement()
    {
        _interrupt.Arm(TimeSpan.FromMilliseconds(20));
        _ = _interrupt.Token;
        _interrupt.Disarm();
        _interrupt.Arm(TimeSpan.Zero);
        CancellationToken next = _interrupt.Token;
        await Task.Delay(60);
        Assert.False(next.IsCancellationRequested);
        _interrupt.Disarm();

        _interrupt.Arm(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromMinutes(1), _interrupt.Token));
    }

    public void Dispose() => _interrupt.Dispose();

    private void Wait()
    {
        _interrupt.Arm(TimeSpan.Zero);
        _ = _interrupt.Token;
        _interrupt.Disarm();
    }
}
