using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Models.Propensity.Learners;
using KpGrpc.InferenceServer.Profiles;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Services;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.InferenceServer.Storage;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.ServiceDefaults.Redis;

namespace KpGrpc.InferenceServer.Hosting;

/// <summary>The parts of the server in the order in which data flows.</summary>
internal static class InferenceServerServices
{
    /// <summary>Adds the whole server.</summary>
    public static IServiceCollection AddInferenceServer(this IServiceCollection services) => services
        .AddSettings()
        .AddRedis()
        .AddTorch()
        .AddCatalog()
        .AddEvents()
        .AddRecommending()
        .AddProfiles()
        .AddEdge();

    private static IServiceCollection AddSettings(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<TorchOptions, TorchOptionsValidator>().BindConfiguration(TorchOptions.SectionName);
        services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>().BindConfiguration(StorageOptions.SectionName);
        services.AddOptionsWithValidateOnStart<HistoryOptions, HistoryOptionsValidator>().BindConfiguration(HistoryOptions.SectionName);
        services.AddOptionsWithValidateOnStart<CountsOptions, CountsOptionsValidator>().BindConfiguration(CountsOptions.SectionName);
        services.AddOptionsWithValidateOnStart<TrainingOptions, TrainingOptionsValidator>().BindConfiguration(TrainingOptions.SectionName);
        services.AddOptionsWithValidateOnStart<ProfileOptions, ProfileOptionsValidator>().BindConfiguration(ProfileOptions.SectionName);
        return services;
    }

    private static IServiceCollection AddTorch(this IServiceCollection services) =>
        services.AddSingleton<TorchRuntime>().AddHostedService<OpenAtStart>();

    private static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton<Func<ReadOnlyMemory<byte>, Work>>(WorkTranslation.Decode)
        .AddSingleton<WorkStore>();

    private static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<Func<ReadOnlyMemory<byte>, LearnerEvent>>(EventTranslation.Decode)
        .AddSingleton<EventLog>()
        .AddSingleton<LearnerHistories>()
        .AddSingleton<EventRecorder>()
        .AddHostedService<Deferred<EventRecorder>>();

    private static IServiceCollection AddRecommending(this IServiceCollection services)
    {
        services.AddSingleton<CountsTraining>().AddHostedService<Deferred<CountsTraining>>();
        services.AddHealthChecks().AddCheck<CountsTraining>("counts", tags: [Readiness.Tag]);
        return services.AddSingleton<Recommender>();
    }

    private static IServiceCollection AddProfiles(this IServiceCollection services) => services
        .AddSingleton<LoadedRiskModels>()
        .AddSingleton<IRiskModels>(provider => provider.GetRequiredService<LoadedRiskModels>())
        .AddSingleton<ProfileBuilder>();

    private static IServiceCollection AddEdge(this IServiceCollection services)
    {
        services.AddGrpc(options => options.Interceptors.Add<FailureInterceptor>());
        return services;
    }
}
