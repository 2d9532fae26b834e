using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Telemetry;

namespace KpGrpc.InferenceServer.Registry;

/// <summary>How a version is to be loaded.</summary>
/// <param name="Instances">Instances, 1 to 64.</param>
/// <param name="Device"><c>auto</c> (the runtime's choice), <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Batching">Bounds of its batcher.</param>
/// <param name="Telemetry">Where its batcher records.</param>
/// <param name="Time">Clock of its batcher.</param>
internal sealed record LoadPlan(int Instances, string Device, BatchingOptions Batching, ModelTelemetry Telemetry, TimeProvider Time);
