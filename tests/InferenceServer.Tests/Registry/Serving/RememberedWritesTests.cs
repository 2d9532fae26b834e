using KpGrpc.InferenceServer.Registry.Serving;

namespace KpGrpc.InferenceServer.Tests.Registry.Serving;

public sealed class RememberedWritesTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    private readonly RememberedWrites writes = new(2);
    private int done;

    [Fact]
    public async Task OnceAsync_TheSameCommandAgain_GivesTheFirstAnswer()
    {
        var first = await writes.OnceAsync(Key, new byte[] { 1 }, DoAsync);
        var second = await writes.OnceAsync(Key, new byte[] { 1 }, DoAsync);

        Assert.Same(first, second);
        Assert.Equal(1, done);
    }

    [Fact]
    public async Task OnceAsync_AnotherCommandWithTheKey_IsNotDone()
    {
        await writes.OnceAsync(Key, new byte[] { 1 }, DoAsync);

        Assert.Null(await writes.OnceAsync(Key, new byte[] { 2 }, DoAsync));
        Assert.Equal(1, done);
    }

    [Fact]
    public async Task OnceAsync_ARejectedCommand_CanBeTriedAgain()
    {
        await writes.OnceAsync(Key, new byte[] { 1 }, () => Task.FromResult(RegistryOutcome.Rejected(RegistryRejection.NotReady, "")));

        Assert.Equal(RegistryRejection.None, (await writes.OnceAsync(Key, new byte[] { 1 }, DoAsync))!.Rejection);
    }

    [Fact]
    public async Task OnceAsync_MoreKeysThanRemembered_ForgetsTheOldest()
    {
        foreach (var salt in new byte[] { 1, 2, 3, 1 })
        {
            await writes.OnceAsync(new byte[] { salt }.Concat(Key).Take(16).ToArray(), new byte[] { salt }, DoAsync);
        }

        Assert.Equal(4, done);
    }

    private Task<RegistryOutcome> DoAsync()
    {
        done++;
        return Task.FromResult(RegistryOutcome.Done([]));
    }
}
