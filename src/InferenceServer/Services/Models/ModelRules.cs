using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Registry.Traffic;
using KpGrpc.Protos.Model.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Models;

/// <summary>The rules of the model service's requests.</summary>
internal static class ModelRules
{
    private const int InstancesMax = 64;
    private const int SharesMax = 16;
    private const int ShadowsMax = 4;

    /// <summary>A model and, where it must be named, a version.</summary>
    public static void Model(FieldViolations faults, ModelRef? model, bool needsVersion)
    {
        faults.Require(CardRules.IsName(model?.Name ?? ""), "model.name", CardRules.NameRule);
        faults.Require((model?.Version.Length == 0 && !needsVersion) || CardRules.IsVersion(model?.Version ?? ""), "model.version", CardRules.VersionRule);
    }

    /// <summary>How a version is to be loaded.</summary>
    public static LoadWish Wish(FieldViolations faults, LoadModelRequest request)
    {
        faults.Require(request.Instances <= InstancesMax, "instances", $"must be 0 (the configured number) to {InstancesMax}");
        return new LoadWish((int)Math.Min(request.Instances, InstancesMax), DeviceOf(faults, request.Device), request.Force, request.WithoutTraffic);
    }

    /// <summary>A device as options name it.</summary>
    public static string DeviceOf(FieldViolations faults, Device device)
    {
        faults.Require(Enum.IsDefined(device), "device", "must be one of the contract's");
        return device switch
        {
            Device.Cpu => "cpu",
            Device.Cuda => "cuda",
            _ => "auto",
        };
    }

    /// <summary>Shares and shadows of a traffic split.</summary>
    public static (IReadOnlyList<(string Version, int Ppm)> Shares, IReadOnlyList<string> Shadows) Traffic(FieldViolations faults, SetTrafficRequest request)
    {
        faults.Require(CardRules.IsName(request.Name), "name", CardRules.NameRule);
        faults.Require(request.Shares.Count is > 0 and <= SharesMax, "shares", $"must be 1 to {SharesMax}");
        for (var index = 0; index < request.Shares.Count; index++)
        {
            faults.Require(CardRules.IsVersion(request.Shares[index].Version), $"shares[{index}].version", CardRules.VersionRule);
            faults.Require(request.Shares[index].Ppm is > 0 and <= TrafficSplit.Whole, $"shares[{index}].ppm", "must be 1 to 1000000");
        }

        faults.Require(request.Shares.Sum(share => (long)share.Ppm) == TrafficSplit.Whole, "shares", "must add up to 1000000");
        faults.Require(request.Shares.DistinctBy(share => share.Version).Count() == request.Shares.Count, "shares", "must name each version once");
        faults.Require(request.ShadowVersions.Count <= ShadowsMax, "shadow_versions", $"must be 0 to {ShadowsMax}");
        faults.Require(request.ShadowVersions.Distinct().Count() == request.ShadowVersions.Count, "shadow_versions", "must name each version once");
        return (
            [.. request.Shares.Select(share => (share.Version, (int)Math.Min(share.Ppm, TrafficSplit.Whole)))],
            [.. request.ShadowVersions.Where(shadow => request.Shares.All(share => share.Version != shadow))]);
    }
}
