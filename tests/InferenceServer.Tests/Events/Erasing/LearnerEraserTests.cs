using System.Text;
using Google.Protobuf;
using Grpc.Core;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Events.Erasing;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.Protos.Event.V1;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.Testing;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Event = KpGrpc.Protos.Event.V1.Event;

namespace KpGrpc.InferenceServer.Tests.Events.Erasing;

public sealed class LearnerEraserTests : IDisposable
{
    private const string Her = "learner-to-be-erased";

    private static readonly ByteString Key = ByteString.CopyFrom([.. Enumerable.Range(1, 16).Select(n => (byte)n)]);

    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task DeleteLearner_ALearner_LeavesNothingOfHerAndRefusesHerEvents()
    {
        DeleteLearnerResponse first;
        await using (var server = await RunningServer.StartAsync(folder))
        {
            await RecordAsync(server);
            first = await DeleteAsync(server, Her);
            var refused = await server.RecordAsync(RunningServer.Enrolment(Her, "w9", 99), RunningServer.Enrolment("other", "w9", 99));

            Assert.Equal((5UL, 1UL, 1UL), (first.ErasedEvents, refused.Accepted, refused.Rejected));
            Assert.Equal(EventRejectionReason.LearnerErased, Assert.Single(refused.Rejections).Reason);
            await AssertGoneAsync(server);
            await TimeLimit.UntilAsync(
                () => Task.FromResult(server.Server.Services.GetRequiredService<CountsTraining>().Current is { Learners: 2, WorkIds.Count: 3 }), "the training without her");
        }

        AssertNotOnDisk("inference");
        await using (var again = await RunningServer.StartAsync(folder)) // the embedded Redis is made anew from the log
        {
            await again.RecordAsync(RunningServer.Enrolment("other", "w8", 100));
            await AssertGoneAsync(again);
            Assert.Equal(first, await DeleteAsync(again, Her));
            Assert.Equal(StatusCode.AlreadyExists, (await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(again, "somebody else"))).StatusCode);
            Assert.Equal(0UL, (await DeleteAsync(again, "nobody", ByteString.CopyFrom(new byte[16]))).ErasedEvents);
            var other = await new ProfileService.ProfileServiceClient(again.Server.Channel).GetProfileAsync(new GetProfileRequest { LearnerId = "other" }, RunningServer.Call);
            Assert.Equal(["w8", "w9", "w1"], other.Profile.RecentWorks.Select(work => work.WorkId));
        }

        AssertNotOnDisk("inference", "redis");
    }

    [Theory]
    [InlineData(ErasureStep.Begun)]
    [InlineData(ErasureStep.HistoryErased)]
    [InlineData(ErasureStep.Found)]
    [InlineData(ErasureStep.Blanked)]
    [InlineData(ErasureStep.Finished)]
    public async Task EraseAsync_KilledAtAStep_IsFinishedByTheNextStartOrTheSameRequest(object step)
    {
        await using (var server = await RunningServer.StartAsync(folder))
        {
            await RecordAsync(server);
            var eraser = server.Server.Services.GetRequiredService<LearnerEraser>();
            eraser.Observer = reached => ThrowAt(reached, (ErasureStep)step);
            await Assert.ThrowsAsync<InvalidOperationException>(() => eraser.EraseAsync(Key.Memory, Her, TestContext.Current.CancellationToken));
        }

        if ((ErasureStep)step == ErasureStep.Found)
        {
            TearTheLog();
        }

        await using (var again = await RunningServer.StartAsync(folder))
        {
            await TimeLimit.UntilAsync(() => Task.FromResult(again.Server.Services.GetRequiredService<Erasures>().All().All(erasure => erasure.DoneAt is not null)), "the rest of the erasure");
            await again.RecordAsync(RunningServer.Enrolment("other", "w8", 100));
            await AssertGoneAsync(again);
            Assert.Equal(5UL, (await DeleteAsync(again, Her)).ErasedEvents);
            Assert.Equal(3, again.Server.Services.GetRequiredService<EventLog>().Read(EventLog.Start).Count());
        }

        AssertNotOnDisk("inference");
    }

    [Fact]
    public async Task DeleteLearner_OnOneReplica_ErasesHerOnAnotherThatSharesRedisAndKey()
    {
        using var other = new TemporaryDirectory();
        await using var first = await RunningServer.StartAsync(folder, $"Storage:ErasureKeyPath={folder.Combine("shared.key")}");
        var redis = (System.Net.IPEndPoint)first.Server.Services.GetRequiredService<IConnectionMultiplexer>().GetEndPoints()[0];
        await using var second = await RunningServer.StartAsync(
            other, $"Storage:ErasureKeyPath={folder.Combine("shared.key")}", $"Redis:ConnectionString=127.0.0.1:{redis.Port}", "Storage:ErasurePoll=00:00:00.1");
        await RecordAsync(first);
        await second.RecordAsync(RunningServer.Enrolment(Her, "w7", 70), RunningServer.Enrolment("other", "w7", 71));
        await DeleteAsync(second, "somebody else"); // with the same key: no reason for her not to be erased

        await DeleteAsync(first, Her);

        var erasures = second.Server.Services.GetRequiredService<Erasures>();
        await TimeLimit.UntilAsync(
            () => Task.FromResult(erasures.All().Any(erasure => erasure.Seal == erasures.SealOf(Her) && erasure.DoneAt is not null)), "the erasure on the other replica");
        Assert.Equal(1UL, (await second.RecordAsync(RunningServer.Enrolment(Her, "w8", 80))).Rejected);
        await AssertGoneAsync(second);
        Assert.Equal(1, second.Server.Services.GetRequiredService<EventRecorder>().Recorded);
        Assert.DoesNotContain(Her, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(other.Combine("inference", "events.log"), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithARestoredBackup_ErasesHerAgain()
    {
        await using (var server = await RunningServer.StartAsync(folder))
        {
            await RecordAsync(server);
        }

        var backup = await File.ReadAllBytesAsync(LogPath, TestContext.Current.CancellationToken);
        DeleteLearnerResponse first;
        await using (var server = await RunningServer.StartAsync(folder))
        {
            first = await DeleteAsync(server, Her);
        }

        await File.WriteAllBytesAsync(LogPath, backup, TestContext.Current.CancellationToken);
        await using (var again = await RunningServer.StartAsync(folder))
        {
            await TimeLimit.UntilAsync(() => Task.FromResult(!again.Server.Services.GetRequiredService<EventLog>().FindErased().Any()), "the second erasure");
            Assert.Equal(first, await DeleteAsync(again, Her));
            Assert.Equal(2, again.Server.Services.GetRequiredService<EventRecorder>().Recorded);
        }

        AssertNotOnDisk("inference");
    }

    public void Dispose() => folder.Dispose();

    private string LogPath => folder.Combine("inference", "events.log");

    private static void ThrowAt(ErasureStep reached, ErasureStep step)
    {
        if (reached == step)
        {
            throw new InvalidOperationException("killed");
        }
    }

    private static async Task RecordAsync(RunningServer server)
    {
        var declaration = new Event
        {
            EventId = ByteString.CopyFrom([.. Enumerable.Repeat((byte)7, 16)]),
            LearnerId = Her,
            Kind = Protos.Event.V1.EventKind.Declaration,
            OccurredAt = RunningServer.Enrolment(Her, "x", 1).OccurredAt,
            Declaration = new Declaration { Text = "her own words", Fields = { Protos.Type.V1.KnowledgeField.Health } },
        };
        await server.RecordAsync(
            RunningServer.Enrolment(Her, "w1", 1), RunningServer.Enrolment("other", "w1", 2), RunningServer.Enrolment(Her, "w2", 3),
            RunningServer.Enrolment(Her, "w3", 4), RunningServer.Enrolment("third", "w2", 5), declaration, RunningServer.Enrolment(Her, "w1", 6));
    }

    private static async Task<DeleteLearnerResponse> DeleteAsync(RunningServer server, string learner, ByteString? key = null) =>
        await new ProfileService.ProfileServiceClient(server.Server.Channel).DeleteLearnerAsync(
            new DeleteLearnerRequest { IdempotencyKey = key ?? Key, LearnerId = learner }, RunningServer.Call);

    private static async Task AssertGoneAsync(RunningServer server)
    {
        var redis = server.Server.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        Assert.All(new[] { "kp:history:", "kp:shown:", "kp:marks:", "kp:texts:", "kp:learner:" }, prefix => Assert.False(redis.KeyExists(prefix + Her), prefix));
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ProfileService.ProfileServiceClient(server.Server.Channel).GetProfileAsync(new GetProfileRequest { LearnerId = Her }, RunningServer.Call));
        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        Assert.DoesNotContain(server.Server.Services.GetRequiredService<EventLog>().Read(EventLog.Start), entry => entry.Event.LearnerId == Her);
    }

    /// <summary>A crash in the middle of overwriting: half of a payload is zeros and its checksum is of neither.</summary>
    private void TearTheLog()
    {
        using var file = new FileStream(LogPath, FileMode.Open, FileAccess.ReadWrite);
        file.Position = 24 + 4;
        file.Write(new byte[20]);
    }

    private void AssertNotOnDisk(params string[] folders)
    {
        foreach (var path in folders.SelectMany(name => Directory.EnumerateFiles(folder.Combine(name), "*", SearchOption.AllDirectories)))
        {
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
            Assert.DoesNotContain(Her, text, StringComparison.Ordinal);
            Assert.DoesNotContain("her own words", text, StringComparison.Ordinal);
        }
    }
}
