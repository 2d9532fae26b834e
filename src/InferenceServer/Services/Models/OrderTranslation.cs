using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Training;
using KpGrpc.InferenceServer.Training.Orders;
using KpGrpc.Protos.Model.V1;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Models;

/// <summary>Trainings and evaluations between the contract and the server.</summary>
internal static class OrderTranslation
{
    private const int OptionsMax = 100;
    private const int EpochsMax = 10_000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(60);

    /// <summary>The training that a request orders; records its faults.</summary>
    public static TrainingOrder ToDomain(FieldViolations faults, TrainRequest request)
    {
        faults.RequireIdempotencyKey("idempotency_key", request.IdempotencyKey);
        faults.Require(CardRules.IsName(request.Name), "name", CardRules.NameRule);
        faults.Require(request.Version.Length == 0 || CardRules.IsVersion(request.Version), "version", CardRules.VersionRule);
        faults.Require(request.Base is null || CardRules.IsVersion(request.Base.Version), "base.version", CardRules.VersionRule);
        faults.Require(request.Base is null || request.Base.Name.Length == 0 || request.Base.Name == request.Name, "base.name", "must be the model that is trained");
        faults.Require(request.Options.Count <= OptionsMax, "options", $"must be 0 to {OptionsMax}");
        faults.Require(request.EpochsMax <= EpochsMax, "epochs_max", $"must be 0 (the trainer's default) to {EpochsMax}");
        return new TrainingOrder(
            request.Name, request.Version, request.Dataset.Length > 0 ? request.Dataset : null, "", request.Base?.Version,
            request.Options, request.Seed, (int)Math.Min(request.EpochsMax, EpochsMax), ModelRules.DeviceOf(faults, request.Device), "");
    }

    /// <summary>A report.</summary>
    public static TrainResponse ToProto(TrainingProgress progress)
    {
        var answer = new TrainResponse
        {
            Stage = (KpGrpc.Protos.Model.V1.TrainingStage)progress.Stage,
            Epoch = (uint)progress.Epoch,
            EpochsMax = (uint)progress.EpochsMax,
            Step = (ulong)progress.Step,
            StepsMax = (ulong)progress.StepsMax,
            Elapsed = Duration.FromTimeSpan(progress.Elapsed),
            Remaining = progress.Remaining is { } remaining ? Duration.FromTimeSpan(remaining) : null,
            Message = progress.Message,
        };
        if (progress.Loss is { } loss)
        {
            answer.Loss = loss;
        }

        if (progress.LearningRate is { } rate)
        {
            answer.LearningRate = rate;
        }

        if (progress.SamplesPerSecond is { } speed)
        {
            answer.SamplesPerSecond = speed;
        }

        answer.Metrics.AddRange(progress.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => new Metric { Name = metric.Key, Value = metric.Value }));
        return answer;
    }

    /// <summary>The last message of a success.</summary>
    public static TrainResponse Published(VersionStatus version, TimeSpan elapsed) => new()
    {
        Stage = KpGrpc.Protos.Model.V1.TrainingStage.Published,
        Elapsed = Duration.FromTimeSpan(elapsed),
        Published = VersionTranslation.ToProto(version),
    };

    /// <summary>What an evaluation found.</summary>
    public static EvaluateResponse ToProto(ModelFolder folder, EvaluationFigures figures, TimeSpan elapsed)
    {
        var answer = new EvaluateResponse
        {
            Model = new ModelRef { Name = folder.Card.Name, Version = folder.Card.Version },
            FloorName = figures.FloorName,
            Elapsed = Duration.FromTimeSpan(elapsed),
        };
        answer.Metrics.AddRange(Metrics(figures.Metrics));
        answer.FloorMetrics.AddRange(Metrics(figures.Floor));
        answer.Labels.AddRange(figures.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(
            label => new LabelMetrics { Label = label.Key, Metrics = { Metrics(label.Value) } }));
        return answer;
    }

    /// <summary>The status of an order that cannot be taken.</summary>
    public static RpcException ToStatus(OrderException failure) => failure.Reason switch
    {
        OrderFault.Unknown => RichErrors.NotFound("model", failure.Subject, failure.Message),
        OrderFault.Malformed => RichErrors.InvalidArgument([new Google.Rpc.BadRequest.Types.FieldViolation { Field = failure.Subject, Description = failure.Message }]),
        OrderFault.KeyTaken => RichErrors.AlreadyExists("command", failure.Subject, failure.Message),
        OrderFault.Unfit => RichErrors.FailedPrecondition("DATA_UNFIT", $"datasets/{failure.Subject}", failure.Message),
        _ => RichErrors.ResourceExhausted(failure.Message, RetryAfter),
    };

    private static IEnumerable<Metric> Metrics(IReadOnlyDictionary<string, CardMetric> metrics) => metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal)
        .Select(metric => new Metric { Name = metric.Key, Value = metric.Value.Value, SampleCount = (ulong)metric.Value.Samples });
}
