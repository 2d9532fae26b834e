using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Events.Erasing;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Models.Content;
using KpGrpc.InferenceServer.Models.Counts;
using KpGrpc.InferenceServer.Profiles;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Recommending.Content;
using KpGrpc.InferenceServer.Recommending.Rules;
using KpGrpc.InferenceServer.Recommending.Scoring;
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
        services.AddOptionsWithValidateOnStart<ContentOptions, ContentOptionsValidator>().BindConfiguration(ContentOptions.SectionName);
        services.AddOptionsWithValidateOnStart<RecommendationOptions, RecommendationOptionsValidator>().BindConfiguration(RecommendationOptions.SectionName);
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
        .AddSingleton<Erasures>()
        .AddSingleton<EventLog>()
        .AddSingleton<LearnerHistories>()
        .AddSingleton<EventRecorder>()
        .AddHostedService<Deferred<EventRecorder>>()
        .AddSingleton<SharedErasures>()
        .AddSingleton<LearnerEraser>()
        .AddHostedService<Deferred<LearnerEraser>>();

    private static IServiceCollection AddRecommending(this IServiceCollection services)
    {
        services.AddSingleton<CountsTraining>().AddHostedService<Deferred<CountsTraining>>();
        services.AddHealthChecks().AddCheck<CountsTraining>("counts", tags: [Readiness.Tag]);
        return services
            .AddSingleton<CountsScorerSource>()
            .AddSingleton<IScorerSource>(provider => provider.GetRequiredService<CountsScorerSource>()) // last: what serves where no other does
            .AddSingleton<Scorers>()
            .AddSingleton<ContentIndexing>()
            .AddHostedService<Deferred<ContentIndexing>>()
            .AddSingleton<CatalogScoring>()
            .AddSingleton<BusinessRules>()
            .AddSingleton<Recommender>()
            .AddSingleton<SimilarWorks>();
    }

    private static IServiceCollection AddProfiles(this IServiceCollection services) => services.AddSingleton<ProfileBuilder>();

    private static IServiceCollection AddEdge(this IServiceCollection services)
    {
        services.AddSingleton<ProfileJoin>();
        services.AddGrpc(options => options.Interceptors.Add<FailureInterceptor>());
        return services;
    }
}
