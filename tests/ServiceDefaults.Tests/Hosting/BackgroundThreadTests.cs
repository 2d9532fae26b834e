using System.Globalization;
using KpGrpc.ServiceDefaults.Hosting;
using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Hosting;

public sealed class BackgroundThreadTests
{
    [Fact]
    public async Task RunAsync_OnLinux_GivesWayWhileItWorksAndNobodyElseDoes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads have no nice value of their own here");

        Assert.Equal(NiceOfThisThread() + 5, await BackgroundThread.RunAsync("work", NiceOfThisThread));
        Assert.Equal(NiceOfThisThread(), await Task.Factory.StartNew(NiceOfThisThread, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    [Fact]
    public async Task RunAsync_WithAName_NamesTheThread() =>
        Assert.Equal("content index", await BackgroundThread.RunAsync("content index", () => Thread.CurrentThread.Name));

    [Fact]
    public async Task RunAsync_WorkThatThrows_ThrowsTheSame()
    {
        var thrown = new InvalidDataException("a broken file");

        Assert.Same(thrown, await Assert.ThrowsAsync<InvalidDataException>(() => BackgroundThread.RunAsync("work", () => throw thrown)));
    }

    /// <summary>Field 19 of the thread's stat; the name in field 2 may hold spaces, but ends with the last parenthesis.</summary>
    private static int NiceOfThisThread()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19 - 3], CultureInfo.InvariantCulture);
    }
}
