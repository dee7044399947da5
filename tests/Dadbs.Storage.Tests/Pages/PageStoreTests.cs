namespace Dadbs.Storage.Tests.Pages;

public sealed class MemoryPageStoreTests : PageStoreContract
{
    private MemoryPageStore _store = new();

    protected override IPageStore Open() => _store;

    protected override void Crash(IPageStore store) => _store = _store.Reopen();
}

public sealed class FaultInjectingPageStoreTests : PageStoreContract
{
    private FaultInjectingPageStore _store = new(new MemoryPageStore());

    protected override IPageStore Open() => _store;

    protected override void Crash(IPageStore store) => _store = _store.Reopen();
}
