using Grpc.Core;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Services.Inferring;
using KpGrpc.InferenceServer.Tensors;
using KpGrpc.Protos.Inference;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services;

/// <summary>The Open Inference Protocol v2 over every model, with the model repository extension.</summary>
internal sealed class OpenInferenceGrpcService(
    OpenModels models, OpenRepository repository, ModelCatalog catalog, CountsTraining counts, RegistryStart start) : GRPCInferenceService.GRPCInferenceServiceBase
{
    /// <inheritdoc />
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = true });

    /// <inheritdoc />
    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = counts.IsReady && start.IsDone });

    /// <inheritdoc />
    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context)
    {
        RequireName("name", request.Name);
        using var model = models.TryFind(request.Name, request.Version);
        if (model is null && !models.Exists(request.Name, request.Version))
        {
            _ = models.Find(request.Name, request.Version); // says NOT_FOUND
        }

        return Task.FromResult(new ModelReadyResponse { Ready = model is not null });
    }

    /// <inheritdoc />
    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerMetadataResponse
        {
            Name = "kpgrpc-inference",
            Version = typeof(OpenInferenceGrpcService).Assembly.GetName().Version?.ToString(3) ?? "",
            Extensions = { "model_repository", "binary_tensor_data" },
        });

    /// <inheritdoc />
    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
    {
        RequireName("name", request.Name);
        using var model = models.Find(request.Name, request.Version);
        var answer = new ModelMetadataResponse { Name = model.Name, Platform = $"kpgrpc_{model.Kind}", Versions = { models.ReadyVersions(model.Name) } };
        answer.Inputs.AddRange(model.Model.Signature.Inputs.Select(Describe));
        answer.Outputs.AddRange(model.Model.Signature.Outputs.Select(Describe));
        return Task.FromResult(answer);
    }

    /// <inheritdoc />
    public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
    {
        RequireName("model_name", request.ModelName);
        using var model = models.Find(request.ModelName, request.ModelVersion);
        var inputs = OpenRequest.Read(request, model.Model.Signature);
        if (request.ModelVersion.Length == 0)
        {
            catalog.Shadow(model.Name, (shadow, priority, deadline, token) => shadow.InferAsync(inputs, priority, deadline, token));
        }

        try
        {
            var reply = await model.Model.InferAsync(inputs, OpenRequest.PriorityOf(request), CallDeadline.Of(context), context.CancellationToken);
            BatchTrailers.Tell(context, reply.Facts, model.Name, model.Version);
            return OpenRequest.Answer(request, model, reply);
        }
        catch (TensorFaultException fault)
        {
            throw OpenRequest.Refuse(request, fault);
        }
    }

    /// <inheritdoc />
    public override Task<RepositoryIndexResponse> RepositoryIndex(RepositoryIndexRequest request, ServerCallContext context) =>
        Task.FromResult(repository.Index(request));

    /// <inheritdoc />
    public override async Task<RepositoryModelLoadResponse> RepositoryModelLoad(RepositoryModelLoadRequest request, ServerCallContext context)
    {
        await repository.LoadAsync(request, context.CancellationToken);
        return new RepositoryModelLoadResponse();
    }

    /// <inheritdoc />
    public override async Task<RepositoryModelUnloadResponse> RepositoryModelUnload(RepositoryModelUnloadRequest request, ServerCallContext context)
    {
        await repository.UnloadAsync(request, context.CancellationToken);
        return new RepositoryModelUnloadResponse();
    }

    private static ModelMetadataResponse.Types.TensorMetadata Describe(TensorSpec spec) =>
        new() { Name = spec.Name, Datatype = TensorWrite.NameOf(spec.Type), Shape = { spec.Shape } };

    private static void RequireName(string field, string name)
    {
        var faults = new FieldViolations();
        faults.Require(name.Length > 0, field, "is required; RepositoryIndex names the models");
        faults.ThrowIfAny();
    }
}
