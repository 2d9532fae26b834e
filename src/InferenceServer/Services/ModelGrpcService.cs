using Google.Protobuf;
using Grpc.Core;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Services.Models;
using KpGrpc.InferenceServer.Training.Orders;
using KpGrpc.Protos.Model.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services;

/// <summary>The life of models. A command that has begun is carried to its end; a caller who goes only stops waiting.</summary>
internal sealed class ModelGrpcService(ModelListing listing, ModelRegistry registry, ModelCatalog catalog, RememberedWrites writes, OrderDesk desk, TimeProvider time)
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

    /// <inheritdoc />
    public override async Task Train(TrainRequest request, IServerStreamWriter<TrainResponse> responseStream, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var order = OrderTranslation.ToDomain(faults, request);
        faults.ThrowIfAny();
        var body = new TrainRequest(request) { IdempotencyKey = ByteString.Empty, LoadAfter = false };
        var (began, token) = (time.GetTimestamp(), context.CancellationToken);
        try
        {
            var folder = await desk.TrainAsync(
                request.IdempotencyKey.Memory, body.ToByteArray(), order,
                progress => progress.Stage == Training.TrainingStage.Published ? Task.CompletedTask : responseStream.WriteAsync(OrderTranslation.ToProto(progress), token), token);
            if (request.LoadAfter)
            {
                RegistryErrors.Accept(await registry.LoadAsync(folder.Card.Name, folder.Card.Version, new LoadWish()).WaitAsync(token), $"{folder.Card.Name}/{folder.Card.Version}");
            }

            var version = catalog.List().First(status => status.Name == folder.Card.Name && status.Version == folder.Card.Version);
            await responseStream.WriteAsync(OrderTranslation.Published(version, time.GetElapsedTime(began)), token);
        }
        catch (OrderException failure)
        {
            throw OrderTranslation.ToStatus(failure);
        }
    }

    /// <inheritdoc />
    public override async Task<EvaluateResponse> Evaluate(EvaluateRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        ModelRules.Model(faults, request.Model, needsVersion: false);
        faults.Require(Enum.IsDefined(request.Split), "split", "must be one of the contract's");
        faults.Require(request.SamplesMax <= int.MaxValue, "samples_max", $"must be 0 (all) to {int.MaxValue}");
        faults.ThrowIfAny();
        var part = request.Split == DataSplit.Unspecified ? DataPart.Test : (DataPart)request.Split;
        var began = time.GetTimestamp();
        try
        {
            var (folder, figures) = await desk.EvaluateAsync(
                request.Model.Name, request.Model.Version, request.Dataset, part, (long)request.SamplesMax, context.CancellationToken);
            return OrderTranslation.ToProto(folder, figures, time.GetElapsedTime(began));
        }
        catch (OrderException failure)
        {
            throw OrderTranslation.ToStatus(failure);
        }
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
