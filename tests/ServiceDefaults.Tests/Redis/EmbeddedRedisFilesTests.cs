using KpGrpc.ServiceDefaults.Redis;
using KpGrpc.Testing;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Redis;

public sealed class EmbeddedRedisFilesTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public void DiscardIfAsked_OnceAsked_DeletesTheFilesOnceAndNothingElse()
    {
        var redis = folder.Combine("redis");
        Directory.CreateDirectory(Path.Combine(redis, "AOF"));
        File.WriteAllText(Path.Combine(redis, "AOF", "aof.log.0"), "SET");
        File.WriteAllText(folder.Combine("beside"), "stays");

        EmbeddedRedisFiles.DiscardIfAsked(redis);
        Assert.True(Directory.Exists(redis));
        EmbeddedRedisFiles.DiscardAtNextStart(redis + Path.DirectorySeparatorChar);
        EmbeddedRedisFiles.DiscardIfAsked(redis);
        Assert.False(Directory.Exists(redis));
        Directory.CreateDirectory(redis);
        EmbeddedRedisFiles.DiscardIfAsked(redis);

        Assert.Equal([folder.Combine("beside"), redis], Directory.EnumerateFileSystemEntries(folder.Path).Order(StringComparer.Ordinal));
    }

    public void Dispose() => folder.Dispose();
}
