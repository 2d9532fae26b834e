using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using KpGrpc.InferenceServer.Hosting;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Tests.Hosting;
using KpGrpc.InferenceServer.Tests.Registry;
using KpGrpc.Protos.Inference;
using KpGrpc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KpGrpc.InferenceServer.Tests.Services;

public sealed class OpenInferenceGrpcServiceTests : IAsyncLifetime
{
    private readonly TemporaryDirectory folder = new();
    private TestServer server = null!;
    private GRPCInferenceService.GRPCInferenceServiceClient client = null!;

    [Fact]
    public async Task ModelInfer_TypedTensors_AnswersTypedWithTheBatchInItsTrailers()
    {
        var call = client.ModelInferAsync(Typed(1, 2, 4), RunningServer.Call);

        var answer = await call;

        Assert.Equal(("scale", "v2", "call-7"), (answer.ModelName, answer.ModelVersion, answer.Id));
        Assert.Equal([3f, 6f, 12f], answer.Outputs.Single().Contents.Fp32Contents);
        Assert.Equal([3L], answer.Outputs.Single().Shape);
        var trailers = call.GetTrailers();
        Assert.Equal("scale/v2", trailers.GetValue("kp-model"));
        Assert.All(["kp-queue-ms", "kp-compute-ms", "kp-batch-rows", "kp-batch-reason"], name => Assert.NotNull(trailers.GetValue(name)));
    }

    [Fact]
    public async Task ModelInfer_RawTensors_AnswersRaw()
    {
        var request = Typed();
        request.ModelVersion = "v1";
        request.Inputs[0].Contents = null;
        request.Inputs[0].Shape[0] = 2;
        request.RawInputContents.Add(ByteString.CopyFrom([.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)]));

        var answer = await client.ModelInferAsync(request, RunningServer.Call);

        Assert.Equal("v1", answer.ModelVersion);
        Assert.Equal([.. BitConverter.GetBytes(3f), .. BitConverter.GetBytes(-4f)], answer.RawOutputContents.Single().ToByteArray());
        Assert.Null(answer.Outputs.Single().Contents);
    }

    [Theory]
    [InlineData("wrong shape", "inputs[0]")]
    [InlineData("wrong datatype", "inputs[0]")]
    [InlineData("unknown datatype", "inputs[0].datatype")]
    [InlineData("negative length", "inputs[0].shape")]
    [InlineData("too few elements", "inputs[0].contents")]
    [InlineData("raw and typed", "raw_input_contents")]
    [InlineData("raw of another length", "raw_input_contents[0]")]
    [InlineData("unknown input", "inputs[0]")]
    [InlineData("no input", "inputs")]
    [InlineData("twice", "inputs[0]")]
    [InlineData("unknown output", "outputs[0].name")]
    [InlineData("unknown parameter", "inputs[0].parameters")]
    [InlineData("refused by the model", "inputs[0]")]
    public async Task ModelInfer_ATensorThatDoesNotFit_NamesTheField(string fault, string field)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => client.ModelInferAsync(Broken(fault), RunningServer.Call).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Contains(field, failure.GetRpcStatus()!.GetDetail<BadRequest>().FieldViolations.Select(violation => violation.Field));
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("scale", "v9")]
    public async Task ModelInfer_UnknownModelOrVersion_IsNotFound(string name, string version)
    {
        var request = Typed(1);
        (request.ModelName, request.ModelVersion) = (name, version);

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => client.ModelInferAsync(request, RunningServer.Call).ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(
            () => client.ModelReadyAsync(new ModelReadyRequest { Name = name, Version = version }, RunningServer.Call).ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task ModelMetadata_AModel_DescribesItsTensors()
    {
        var metadata = await client.ModelMetadataAsync(new ModelMetadataRequest { Name = "scale" }, RunningServer.Call);

        Assert.Equal(("scale", "kpgrpc_fake"), (metadata.Name, metadata.Platform));
        Assert.Equal(("x", "FP32"), (metadata.Inputs.Single().Name, metadata.Inputs.Single().Datatype));
        Assert.Equal([-1L], metadata.Outputs.Single().Shape);
        Assert.Equal(["v1", "v2"], metadata.Versions);
    }

    [Fact]
    public async Task RepositoryModelUnload_ThenLoad_ModelIsAwayAndBack()
    {
        await client.RepositoryModelUnloadAsync(new RepositoryModelUnloadRequest { ModelName = "scale" }, RunningServer.Call);
        Assert.False((await client.ModelReadyAsync(new ModelReadyRequest { Name = "scale" }, RunningServer.Call)).Ready);
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => client.ModelInferAsync(Typed(1), RunningServer.Call).ResponseAsync)).StatusCode);

        var load = new RepositoryModelLoadRequest { ModelName = "scale" };
        load.Parameters.Add("version", new ModelRepositoryParameter { StringParam = "v1" });
        await client.RepositoryModelLoadAsync(load, RunningServer.Call);

        Assert.Equal([2f], (await client.ModelInferAsync(Typed(1), RunningServer.Call)).Outputs.Single().Contents.Fp32Contents);
        var index = await client.RepositoryIndexAsync(new RepositoryIndexRequest(), RunningServer.Call);
        Assert.Equal(["counts", "scale", "scale"], index.Models.Select(model => model.Name));
        Assert.Equal(["READY", "UNAVAILABLE"], index.Models.Skip(1).Select(model => model.State));
    }

    public async ValueTask InitializeAsync()
    {
        var models = new ModelFolders(folder.Combine("models"));
        FakeLoader.Publish(models, "scale", "v1", 2, day: 1);
        FakeLoader.Publish(models, "scale", "v2", 3, day: 2);
        server = await TestServer.StartAsync(
            (args, configure) => InferenceServerApp.Build(args, configure), RunningServer.Settings(folder),
            builder => builder.Services.AddSingleton<IModelLoader, FakeLoader>());
        client = new GRPCInferenceService.GRPCInferenceServiceClient(server.Channel);
        await TimeLimit.UntilAsync(async () => (await client.ServerReadyAsync(new ServerReadyRequest(), RunningServer.Call)).Ready, "readiness");
        var registry = server.Services.GetRequiredService<InferenceServer.Registry.Serving.ModelRegistry>();
        await registry.LoadAsync("scale", "v1", new InferenceServer.Registry.Serving.LoadWish(WithoutTraffic: true));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    private static ModelInferRequest Typed(params float[] numbers) => new()
    {
        ModelName = "scale",
        Id = "call-7",
        Inputs =
        {
            new ModelInferRequest.Types.InferInputTensor
            {
                Name = "x", Datatype = "FP32", Shape = { numbers.Length }, Contents = new InferTensorContents { Fp32Contents = { numbers } },
            },
        },
    };

    private static ModelInferRequest Broken(string fault)
    {
        var request = Typed(1, 2);
        var input = request.Inputs[0];
        switch (fault)
        {
            case "wrong shape":
                input.Shape.Add(1);
                break;
            case "wrong datatype":
                (input.Datatype, input.Contents) = ("INT64", new InferTensorContents { Int64Contents = { 1, 2 } });
                break;
            case "unknown datatype":
                input.Datatype = "FP8";
                break;
            case "negative length":
                input.Shape[0] = -2;
                break;
            case "too few elements":
                input.Shape[0] = 3;
                break;
            case "raw and typed":
                request.RawInputContents.Add(ByteString.CopyFrom(new byte[8]));
                break;
            case "raw of another length":
                input.Contents = null;
                request.RawInputContents.Add(ByteString.CopyFrom(new byte[7]));
                break;
            case "unknown input":
                input.Name = "z";
                break;
            case "no input":
                request.Inputs.Clear();
                break;
            case "twice":
                request.Inputs.Add(input.Clone());
                break;
            case "unknown output":
                request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "z" });
                break;
            case "unknown parameter":
                input.Parameters.Add("binary_data", new InferParameter { BoolParam = true });
                break;
            default:
                input.Contents.Fp32Contents[1] = float.NaN;
                break;
        }

        return request;
    }
}
