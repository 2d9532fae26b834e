using Google.Protobuf;
using Grpc.Core;
using KpGrpc.InferenceServer.Hosting;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.InferenceServer.Tests.Registry;
using KpGrpc.InferenceServer.Tests.Training.Orders;
using KpGrpc.InferenceServer.Training.Orders;
using KpGrpc.Protos.Inference;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.InferenceServer.Tests.Services;

public sealed class ModelGrpcServiceTests : IAsyncLifetime
{
    private readonly TemporaryDirectory folder = new();
    private TestServer server = null!;
    private ModelService.ModelServiceClient client = null!;
    private FakeTrainer trainer = null!;
    private byte keys;

    [Fact]
    public async Task LoadModel_TheSameKeyAgain_AnswersTheSameAndAnotherBodyIsRefused()
    {
        var request = new LoadModelRequest { IdempotencyKey = Key(), Model = new ModelRef { Name = "scale", Version = "v1" } };

        var first = await client.LoadModelAsync(request, RunningServer.Call);
        var second = await client.LoadModelAsync(request, RunningServer.Call);
        request.Force = true;

        Assert.Equal(first, second);
        Assert.Equal((ModelState.Ready, 1_000_000u, "v2"), (first.Model.State, first.Model.TrafficPpm, first.Replaced.Version));
        await FailsAsync(StatusCode.AlreadyExists, () => client.LoadModelAsync(request, RunningServer.Call));
    }

    [Fact]
    public async Task LoadModel_AWorseVersion_StaysOutWithTheReason()
    {
        FakeLoader.Publish(new ModelFolders(folder.Combine("models")), "scale", "worse", 2, metric: 0.01, day: 3);

        var failure = await FailsAsync(StatusCode.FailedPrecondition, () => client.LoadModelAsync(
            new LoadModelRequest { IdempotencyKey = Key(), Model = new ModelRef { Name = "scale" } }, RunningServer.Call));

        Assert.Contains("ndcg@10", failure.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("v2", (await ListAsync(state: ModelState.Ready)).Single(model => model.Ref.Name == "scale").Ref.Version);
    }

    [Fact]
    public async Task SetTraffic_ACanaryAndAShadow_AreListedAndUnloadIsRefusedMeanwhile()
    {
        await client.LoadModelAsync(new LoadModelRequest { IdempotencyKey = Key(), Model = new ModelRef { Name = "scale", Version = "v1" }, WithoutTraffic = true }, RunningServer.Call);

        var answer = await client.SetTrafficAsync(
            new SetTrafficRequest { IdempotencyKey = Key(), Name = "scale", Shares = { new TrafficShare { Version = "v1", Ppm = 50_000 }, new TrafficShare { Version = "v2", Ppm = 950_000 } } },
            RunningServer.Call);

        Assert.Equal([("v2", 950_000u), ("v1", 50_000u)], answer.Models.Select(model => (model.Ref.Version, model.TrafficPpm)));
        await FailsAsync(StatusCode.FailedPrecondition, () => client.UnloadModelAsync(
            new UnloadModelRequest { IdempotencyKey = Key(), Model = new ModelRef { Name = "scale", Version = "v1" } }, RunningServer.Call));
        await client.SetTrafficAsync(
            new SetTrafficRequest { IdempotencyKey = Key(), Name = "scale", Shares = { new TrafficShare { Version = "v2", Ppm = 1_000_000 } }, ShadowVersions = { "v1" } }, RunningServer.Call);
        Assert.True((await ListAsync()).Single(model => model.Ref.Version == "v1").Shadow);
        var gone = await client.UnloadModelAsync(new UnloadModelRequest { IdempotencyKey = Key(), Model = new ModelRef { Name = "scale", Version = "v1" } }, RunningServer.Call);
        Assert.Equal(ModelState.Available, gone.Model.State);
    }

    [Theory]
    [InlineData(999_999u)]
    [InlineData(0u)]
    public async Task SetTraffic_SharesThatDoNotAddUp_AreRefused(uint ppm) => await FailsAsync(StatusCode.InvalidArgument, () => client.SetTrafficAsync(
        new SetTrafficRequest { IdempotencyKey = Key(), Name = "scale", Shares = { new TrafficShare { Version = "v2", Ppm = ppm } } }, RunningServer.Call));

    [Fact]
    public async Task ListModels_PageByPage_GivesEachVersionOnceInOrder()
    {
        var (seen, token) = (new List<string>(), "");
        do
        {
            var page = await client.ListModelsAsync(new ListModelsRequest { PageSize = 1, PageToken = token }, RunningServer.Call);
            seen.AddRange(page.Models.Select(model => $"{model.Ref.Name}/{model.Ref.Version}"));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(["counts/0", "scale/v2", "scale/v1"], seen);
        await FailsAsync(StatusCode.InvalidArgument, () => client.ListModelsAsync(new ListModelsRequest { Name = "scale", PageToken = "abc" }, RunningServer.Call));
    }

    [Fact]
    public async Task Train_AnOrder_StreamsItsProgressAndServesTheResult()
    {
        var request = Order("v3", ("factor", "5"));
        request.LoadAfter = true;

        var messages = await TrainAsync(request);

        Assert.Equal([1u, 2u, 3u], messages.SkipLast(1).Select(message => message.Epoch));
        Assert.Equal((TrainingStage.Published, "v3", 1_000_000u), (messages[^1].Stage, messages[^1].Published.Ref.Version, messages[^1].Published.TrafficPpm));
        Assert.Equal("v3", Assert.Single(await TrainAsync(request)).Published.Ref.Version);
        Assert.Equal(3, trainer.EpochsDone.Count);
        request.Seed = 7;
        await FailsAsync(StatusCode.AlreadyExists, () => TrainAsync(request));
    }

    [Fact]
    public async Task Train_TheCallerGoes_TheSameOrderGoesOnFromTheCheckpoint()
    {
        var request = Order("v4");
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using (var call = client.Train(request, RunningServer.Call.WithCancellationToken(caller.Token)))
        {
            Assert.True(await call.ResponseStream.MoveNext(caller.Token));
            trainer.Gate.Reset();
            await caller.CancelAsync();
        }

        trainer.Gate.Set();
        await TimeLimit.UntilAsync(async () => await TryTrainAsync(request), "the training's end");

        Assert.Equal([1, 2, 3], trainer.EpochsDone);
    }

    [Fact]
    public async Task Train_WrongOrders_NameWhatIsWrong()
    {
        await FailsAsync(StatusCode.NotFound, () => TrainAsync(new TrainRequest { IdempotencyKey = Key(), Name = "nothing" }));
        await FailsAsync(StatusCode.InvalidArgument, () => TrainAsync(Order("v5", ("color", "red"))));
        await FailsAsync(StatusCode.FailedPrecondition, () => TrainAsync(Order("v6", ("factor", "-1"))));
        var outside = Order("v7");
        outside.Dataset = "../secrets";
        await FailsAsync(StatusCode.InvalidArgument, () => TrainAsync(outside));
    }

    [Fact]
    public async Task Evaluate_AVersion_GivesFiguresLabelsAndFloor()
    {
        var answer = await client.EvaluateAsync(new EvaluateRequest { Model = new ModelRef { Name = "scale" }, SamplesMax = 9 }, RunningServer.Call);

        Assert.Equal(("v2", "counts"), (answer.Model.Version, answer.FloorName));
        Assert.Equal((0.5, 9ul), (answer.Metrics.Single().Value, answer.Metrics.Single().SampleCount));
        Assert.Equal(("even", 0.25), (answer.Labels.Single().Label, answer.Labels.Single().Metrics.Single().Value));
    }

    public async ValueTask InitializeAsync()
    {
        var models = new ModelFolders(folder.Combine("models"));
        FakeLoader.Publish(models, "scale", "v1", 2, metric: 0.5, day: 1);
        FakeLoader.Publish(models, "scale", "v2", 3, metric: 0.5, day: 2);
        trainer = new FakeTrainer(models);
        server = await TestServer.StartAsync(
            (args, configure) => InferenceServerApp.Build(args, configure), RunningServer.Settings(folder),
            builder => builder.Services.AddSingleton<IModelLoader, FakeLoader>().AddSingleton<IModelTrainer>(trainer).AddSingleton<IModelEvaluator>(trainer));
        client = new ModelService.ModelServiceClient(server.Channel);
        var open = new GRPCInferenceService.GRPCInferenceServiceClient(server.Channel);
        await TimeLimit.UntilAsync(async () => (await open.ServerReadyAsync(new ServerReadyRequest(), RunningServer.Call)).Ready, "readiness");
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<RpcException> FailsAsync<T>(StatusCode status, Func<AsyncUnaryCall<T>> call) => await FailsAsync(status, () => call().ResponseAsync);

    private static async Task<RpcException> FailsAsync<T>(StatusCode status, Func<Task<T>> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(status, failure.StatusCode);
        return failure;
    }

    private ByteString Key() => ByteString.CopyFrom([.. Enumerable.Repeat(++keys, 16)]);

    private TrainRequest Order(string version, params (string Name, string Value)[] options)
    {
        var request = new TrainRequest { IdempotencyKey = Key(), Name = "scale", Version = version };
        foreach (var (name, value) in options)
        {
            request.Options.Add(name, value);
        }

        return request;
    }

    private async Task<List<TrainResponse>> TrainAsync(TrainRequest request)
    {
        using var call = client.Train(request, RunningServer.Call);
        var messages = new List<TrainResponse>();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            messages.Add(call.ResponseStream.Current);
        }

        return messages;
    }

    private async Task<bool> TryTrainAsync(TrainRequest request)
    {
        try
        {
            return (await TrainAsync(request))[^1].Stage == TrainingStage.Published;
        }
        catch (RpcException busy) when (busy.StatusCode == StatusCode.ResourceExhausted)
        {
            return false; // the first one has not stopped yet
        }
    }

    private async Task<IEnumerable<ModelVersion>> ListAsync(ModelState state = ModelState.Unspecified) =>
        (await client.ListModelsAsync(new ListModelsRequest { State = state }, RunningServer.Call)).Models;
}
