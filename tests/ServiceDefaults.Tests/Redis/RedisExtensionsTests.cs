using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.ServiceDefaults.Redis;
using KpGrpc.Testing;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using StackExchange.Redis;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Redis;

public sealed class RedisExtensionsTests
{
    [Fact]
    public async Task AddRedis_NoConnectionString_StartsAnEmbeddedServerThatKeepsItsData()
    {
        using var folder = new TemporaryDirectory();
        using (var first = Build(("Redis:EmbeddedDirectory", folder.Path)))
        {
            await first.StartAsync(TestContext.Current.CancellationToken);
            var database = first.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
            await database.SortedSetAddAsync("history:l-1", "view|w-1", 1);
            await first.StopAsync(TestContext.Current.CancellationToken);
        }

        using var second = Build(("Redis:EmbeddedDirectory", folder.Path));
        await second.StartAsync(TestContext.Current.CancellationToken);
        var kept = await second.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().SortedSetLengthAsync("history:l-1");
        await second.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, kept);
    }

    [Fact]
    public async Task AddRedis_FolderIsAFile_StopsTheStartWithOneClearMessage()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("taken");
        await File.WriteAllTextAsync(file, "not a folder", TestContext.Current.CancellationToken);
        using var host = Build(("Redis:EmbeddedDirectory", file));

        var error = await Assert.ThrowsAsync<StartupException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("Redis:EmbeddedDirectory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddRedis_ServerAway_StartsAllTheSame()
    {
        using var host = Build(("Redis:ConnectionString", "127.0.0.1:1,connectTimeout=200"));

        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.False(host.Services.GetRequiredService<IConnectionMultiplexer>().IsConnected);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Logging.ClearProviders();
        builder.Services.AddRedis();
        return builder.Build();
    }
}
