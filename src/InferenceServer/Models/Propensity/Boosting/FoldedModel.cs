using KpGrpc.InferenceServer.Models.Propensity.Calibration;

namespace KpGrpc.InferenceServer.Models.Propensity.Boosting;

/// <summary>A trained model.</summary>
/// <param name="Trees">Mean of the folds' models.</param>
/// <param name="Calibration">Fitted on predictions for left-out rows.</param>
/// <param name="Settings">What was chosen.</param>
/// <param name="Auc">Of those predictions.</param>
internal sealed record FoldedModel(BoostedTrees Trees, ICalibration Calibration, BoosterSettings Settings, double Auc);
