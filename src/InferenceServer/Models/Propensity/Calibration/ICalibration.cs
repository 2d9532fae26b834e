using System.Text.Json.Serialization;

namespace KpGrpc.InferenceServer.Models.Propensity.Calibration;

/// <summary>Turns a model's log-odds into a probability that can be counted on. Never falls where the log-odds rise.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PlattCalibration), "platt")]
[JsonDerivedType(typeof(IsotonicCalibration), "isotonic")]
internal interface ICalibration
{
    /// <summary>The calibrated log-odds.</summary>
    double LogOdds(double raw);
}
