using Google.Protobuf;
using Grpc.Core;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Services.Models;
using KpGrpc.Protos.Model.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services;

/// <summary>The life of models. A command that has begun is carried to its end; a caller who goes only stops waiting.</summary>
internal sealed class ModelGrpcService(ModelListing listing, ModelRegistry registry, RememberedWrites writes)
    : ModelService.ModelServiceBase
{
    /// <inheritdoc />
    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context) => Task.FromResult(listing.Page(request));

    /// <inheritdoc />
    public override async Task<LoadModelResponse> LoadModel(LoadModelRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        ModelRules.Model(faults, request.Model, needsVersion: false);
        var wish = ModelRules.Wish(faults, request);
        faults.ThrowIfAny();
        var outcome = await OnceAsync(
            request.IdempotencyKey, new LoadModelRequest(request) { IdempotencyKey = ByteString.Empty },
            () => registry.LoadAsync(request.Model.Name, request.Model.Version, wish), NameOf(request.Model), context);
        return new LoadModelResponse
        {
            Model = VersionTranslation.ToProto(outcome.Versions[0]),
            Replaced = outcome.Replaced is null ? null : new ModelRef { Name = request.Model.Name, Version = outcome.Replaced },
        };
    }

    /// <inheritdoc />
    public override async Task<UnloadModelResponse> UnloadModel(UnloadModelRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        ModelRules.Model(faults, request.Model, needsVersion: true);
        faults.ThrowIfAny();
        var outcome = await OnceAsync(
            request.IdempotencyKey, new UnloadModelRequest(request) { IdempotencyKey = ByteString.Empty },
            () => registry.UnloadAsync(request.Model.Name, request.Model.Version), NameOf(request.Model), context);
        return new UnloadModelResponse { Model = VersionTranslation.ToProto(outcome.Versions[0]) };
    }

    /// <inheritdoc />
    public override async Task<SetTrafficResponse> SetTraffic(SetTrafficRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        var (shares, shadows) = ModelRules.Traffic(faults, request);
        faults.ThrowIfAny();
        var outcome = await OnceAsync(
            request.IdempotencyKey, new SetTrafficRequest(request) { IdempotencyKey = ByteString.Empty },
            () => registry.SetTrafficAsync(request.Name, shares, shadows), request.Name, context);
        return new SetTrafficResponse { Models = { outcome.Versions.Select(VersionTranslation.ToProto) } };
    }

    private static string NameOf(ModelRef model) => $"{model.Name}/{model.Version}";

    private async Task<RegistryOutcome> OnceAsync(
        ByteString key, IMessage body, Func<Task<RegistryOutcome>> command, string subject, ServerCallContext context)
    {
        byte[] tagged = [.. System.Text.Encoding.UTF8.GetBytes(body.Descriptor.FullName), 0, .. body.ToByteArray()];
        var once = writes.OnceAsync(key.Memory, tagged, command);
        return RegistryErrors.Accept(await once.WaitAsync(context.CancellationToken), subject);
    }
}
