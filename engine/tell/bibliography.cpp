/// The table of works, by key.
#include "tell/bibliography.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace hansa {

namespace {

constexpr Work works[] = {
    {"Aalen 1978",
     "Aalen, O. O. (1978). Nonparametric inference for a family of counting processes. Annals of Statistics 6(4), "
     "701–726. doi:10.1214/aos/1176344247"},
    {"Aalen 1989",
     "Aalen, O. O. (1989). A linear regression model for the analysis of life times. Statistics in Medicine 8(8), "
     "907–925. doi:10.1002/sim.4780080803"},
    {"Allison 1982",
     "Allison, P. D. (1982). Discrete-time methods for the analysis of event histories. Sociological Methodology 13, "
     "61–98. doi:10.2307/270718"},
    {"Allison 1984", "Allison, P. D. (1984). Event History Analysis: Regression for Longitudinal Event Data. Sage"},
    {"Aumann & Shapley 1974",
     "Aumann, R. J. & Shapley, L. S. (1974). Values of Non-Atomic Games. Princeton University Press"},
    {"Bagnoli & Lipman 1989",
     "Bagnoli, M. & Lipman, B. L. (1989). Provision of public goods: fully implementing the core through private "
     "contributions. Review of Economic Studies 56(4), 583–601. doi:10.2307/2297502"},
    {"Banerjee & Fudenberg 2004",
     "Banerjee, A. & Fudenberg, D. (2004). Word-of-mouth learning. Games and Economic Behavior 46(1), 1–22. "
     "doi:10.1016/S0899-8256(03)00048-4"},
    {"Barabási & Albert 1999",
     "Barabási, A.-L. & Albert, R. (1999). Emergence of scaling in random networks. Science 286(5439), 509–512. "
     "doi:10.1126/science.286.5439.509"},
    {"Barrat et al. 2004",
     "Barrat, A., Barthélemy, M., Pastor-Satorras, R. & Vespignani, A. (2004). The architecture of complex weighted "
     "networks. Proceedings of the National Academy of Sciences 101(11), 3747–3752. doi:10.1073/pnas.0400087101"},
    {"Bass 1969",
     "Bass, F. M. (1969). A new product growth for model consumer durables. Management Science 15(5), 215–227. "
     "doi:10.1287/mnsc.15.5.215"},
    {"Batagelj & Brandes 2005",
     "Batagelj, V. & Brandes, U. (2005). Efficient generation of large random networks. Physical Review E 71, 036113. "
     "doi:10.1103/PhysRevE.71.036113"},
    {"Baybeck, Berry & Siegel 2011",
     "Baybeck, B., Berry, W. D. & Siegel, D. A. (2011). A strategic theory of policy diffusion via intergovernmental "
     "competition. Journal of Politics 73(1), 232–247. doi:10.1017/S0022381610000988"},
    {"Beaumont et al. 2009",
     "Beaumont, M. A., Cornuet, J.-M., Marin, J.-M. & Robert, C. P. (2009). Adaptive approximate "
     "Bayesian computation. Biometrika 96(4), 983–990. doi:10.1093/biomet/asp052"},
    {"Berry & Berry 1990",
     "Berry, F. S. & Berry, W. D. (1990). State lottery adoptions as policy innovations: An event history analysis. "
     "American Political Science Review 84(2), 395–415. doi:10.2307/1963526. Event history analysis of policy "
     "adoption, "
     "with a probit link"},
    {"Boehmke 2009",
     "Boehmke, F. J. (2009). Policy emulation or policy convergence? Potential ambiguities in the dyadic event history "
     "approach to state policy emulation. Journal of Politics 71(3), 1125–1140. doi:10.1017/S0022381609090926"},
    {"Bonacich 1972",
     "Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification. Journal of "
     "Mathematical Sociology 2(1), 113–120. doi:10.1080/0022250X.1972.9989806"},
    {"Brandes & Pich 2007",
     "Brandes, U. & Pich, C. (2007). Centrality estimation in large networks. International Journal of Bifurcation and "
     "Chaos 17(7), 2303–2318. doi:10.1142/S0218127407018403"},
    {"Brandes 2001",
     "Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25(2), "
     "163–177. doi:10.1080/0022250X.2001.9990249"},
    {"Brin & Page 1998",
     "Brin, S. & Page, L. (1998). The anatomy of a large-scale hypertextual Web search engine. Computer Networks and "
     "ISDN Systems 30(1–7), 107–117. doi:10.1016/S0169-7552(98)00110-X"},
    {"Bryant & Lempert 2010",
     "Bryant, B. P. & Lempert, R. J. (2010). Thinking inside the box: A participatory, computer-assisted approach to "
     "scenario discovery. Technological Forecasting and Social Change 77(1), 34–49. "
     "doi:10.1016/j.techfore.2009.08.002"},
    {"Campolongo, Cariboni & Saltelli 2007",
     "Campolongo, F., Cariboni, J. & Saltelli, A. (2007). An effective screening design for sensitivity analysis of "
     "large models. Environmental Modelling & Software 22(10), 1509–1518. doi:10.1016/j.envsoft.2006.10.004"},
    {"Campolongo, Saltelli & Cariboni 2011",
     "Campolongo, F., Saltelli, A. & Cariboni, J. (2011). From screening to quantitative sensitivity analysis. A "
     "unified approach. Computer Physics Communications 182(4), 978–988. doi:10.1016/j.cpc.2010.12.039"},
    {"Cliff & Ord 1981", "Cliff, A. D. & Ord, J. K. (1981). Spatial Processes: Models & Applications. Pion"},
    {"Cohen 1988",
     "Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences (2nd ed.). Lawrence Erlbaum"},
    {"Cox 1972",
     "Cox, D. R. (1972). Regression models and life-tables. Journal of the Royal Statistical Society B 34(2), 187–220. "
     "doi:10.1111/j.2517-6161.1972.tb00899.x"},
    {"DeGroot 1970", "DeGroot, M. H. (1970). Optimal Statistical Decisions. McGraw-Hill"},
    {"DeGroot 1974",
     "DeGroot, M. H. (1974). Reaching a consensus. Journal of the American Statistical Association 69(345), 118–121. "
     "doi:10.1080/01621459.1974.10480137"},
    {"Del Moral, Doucet & Jasra 2012",
     "Del Moral, P., Doucet, A. & Jasra, A. (2012). An adaptive sequential Monte Carlo method for "
     "approximate Bayesian computation. Statistics and Computing 22(5), 1009–1020. "
     "doi:10.1007/s11222-011-9271-y"},
    {"Erdős & Rényi 1959",
     "Erdős, P. & Rényi, A. (1959). On random graphs I. Publicationes Mathematicae Debrecen 6, 290–297. "
     "doi:10.5486/PMD.1959.6.3-4.12"},
    {"Freeman 1977",
     "Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40(1), 35–41. "
     "doi:10.2307/3033543"},
    {"Freeman 1979",
     "Freeman, L. C. (1979). Centrality in social networks: Conceptual clarification. Social Networks 1(3), 215–239. "
     "doi:10.1016/0378-8733(78)90021-7"},
    {"Friedman & Fisher 1999",
     "Friedman, J. H. & Fisher, N. I. (1999). Bump hunting in high-dimensional data. Statistics and Computing 9, "
     "123–143. doi:10.1023/A:1008894516817"},
    {"Gilbert 1959",
     "Gilbert, E. N. (1959). Random graphs. Annals of Mathematical Statistics 30(4), 1141–1144. "
     "doi:10.1214/aoms/1177706098"},
    {"Gilbert 1961",
     "Gilbert, E. N. (1961). Random plane networks. Journal of the Society for Industrial and Applied Mathematics "
     "9(4), "
     "533–543. doi:10.1137/0109045"},
    {"Glick & Hays 1991",
     "Glick, H. R. & Hays, S. P. (1991). Innovation and reinvention in state policymaking: Theory and the evolution of "
     "living will laws. Journal of Politics 53(3), 835–850. doi:10.2307/2131581"},
    {"Granovetter 1978",
     "Granovetter, M. (1978). Threshold models of collective behavior. American Journal of Sociology 83(6), 1420–1443. "
     "doi:10.1086/226707"},
    {"Greenwood 1926",
     "Greenwood, M. (1926). A report on the natural duration of cancer. Reports on Public Health and Medical Subjects "
     "33. HMSO"},
    {"Grimm et al. 2020",
     "Grimm, V. et al. (2020). The ODD protocol for describing agent-based and other simulation models: A second "
     "update "
     "to improve clarity, replication, and structural realism. Journal of Artificial Societies and Social Simulation "
     "23(2), 7. doi:10.18564/jasss.4259"},
    {"Harrell 2015",
     "Harrell, F. E. (2015). Regression Modeling Strategies, 2nd edition. Springer. "
     "doi:10.1007/978-3-319-19425-7"},
    {"Holland, Laskey & Leinhardt 1983",
     "Holland, P. W., Laskey, K. B. & Leinhardt, S. (1983). Stochastic blockmodels: First steps. Social Networks 5(2), "
     "109–137. doi:10.1016/0378-8733(83)90021-7"},
    {"Iman & Conover 1979",
     "Iman, R. L. & Conover, W. J. (1979). The use of the rank transform in regression. Technometrics 21(4), 499–509. "
     "doi:10.1080/00401706.1979.10489820"},
    {"Jackson & Rogers 2007",
     "Jackson, M. O. & Rogers, B. W. (2007). Meeting strangers and friends of friends: how random are social networks? "
     "American Economic Review 97(3), 890–915. doi:10.1257/aer.97.3.890"},
    {"Jansen 1999",
     "Jansen, M. J. W. (1999). Analysis of variance designs for model output. Computer Physics Communications "
     "117(1–2), 35–43. doi:10.1016/S0010-4655(98)00154-4"},
    {"Joe & Kuo 2008",
     "Joe, S. & Kuo, F. Y. (2008). Constructing Sobol sequences with better two-dimensional projections. SIAM Journal "
     "on Scientific Computing 30(5), 2635–2654. doi:10.1137/070709359"},
    {"Johnson, Moore & Ylvisaker 1990",
     "Johnson, M. E., Moore, L. M. & Ylvisaker, D. (1990). Minimax and maximin distance designs. Journal of "
     "Statistical Planning and Inference 26(2), 131–148. doi:10.1016/0378-3758(90)90122-B"},
    {"Kaplan & Meier 1958",
     "Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal of the American "
     "Statistical Association 53(282), 457–481. doi:10.1080/01621459.1958.10501452"},
    {"Kempe, Kleinberg & Tardos 2003",
     "Kempe, D., Kleinberg, J. & Tardos, É. (2003). Maximizing the spread of influence through a social network. "
     "Proceedings of the 9th ACM SIGKDD International Conference on Knowledge Discovery and Data Mining, 137–146. "
     "doi:10.1145/956750.956769"},
    {"Krackhardt 1988",
     "Krackhardt, D. (1988). Predicting with networks: Nonparametric multiple regression analysis of dyadic data. "
     "Social Networks 10(4), 359–381. doi:10.1016/0378-8733(88)90004-4"},
    {"Lee & van de Meene 2012",
     "Lee, T. & van de Meene, S. (2012). Who teaches and who learns? Policy learning through the C40 cities climate "
     "network. Policy Sciences 45(3), 199–220. doi:10.1007/s11077-012-9159-5"},
    {"Maslov & Sneppen 2002",
     "Maslov, S. & Sneppen, K. (2002). Specificity and stability in topology of protein networks. Science "
     "296(5569), 910–913. doi:10.1126/science.1065103"},
    {"McKay, Beckman & Conover 1979",
     "McKay, M. D., Beckman, R. J. & Conover, W. J. (1979). A comparison of three methods for selecting values of "
     "input variables in the analysis of output from a computer code. Technometrics 21(2), 239–245. "
     "doi:10.1080/00401706.1979.10489755"},
    {"Molloy & Reed 1995",
     "Molloy, M. & Reed, B. (1995). A critical point for random graphs with a given degree sequence. Random Structures "
     "& Algorithms 6(2–3), 161–180. doi:10.1002/rsa.3240060204"},
    {"Moran 1950",
     "Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37(1–2), 17–23. "
     "doi:10.1093/biomet/37.1-2.17"},
    {"Morris 1991",
     "Morris, M. D. (1991). Factorial sampling plans for preliminary computational experiments. Technometrics 33(2), "
     "161–174. doi:10.1080/00401706.1991.10484804"},
    {"Myers 2000",
     "Myers, D. J. (2000). The diffusion of collective violence: Infectiousness, susceptibility, and mass media "
     "networks. American Journal of Sociology 106(1), 173–208. doi:10.1086/303110"},
    {"Myllymäki et al. 2017",
     "Myllymäki, M., Mrkvička, T., Grabarnik, P., Seijo, H. & Hahn, U. (2017). Global envelope tests for spatial "
     "processes. Journal of the Royal Statistical Society: Series B 79(2), 381–404. doi:10.1111/rssb.12172"},
    {"Nelson 1972",
     "Nelson, W. (1972). Theory and applications of hazard plotting for censored failure data. Technometrics 14(4), "
     "945–966. doi:10.1080/00401706.1972.10488991"},
    {"Oliver, Marwell & Teixeira 1985",
     "Oliver, P., Marwell, G. & Teixeira, R. (1985). A theory of the critical mass. I. Interdependence, group "
     "heterogeneity, and the production of collective action. American Journal of Sociology 91(3), 522–556. "
     "doi:10.1086/228313"},
    {"Ord 1975",
     "Ord, K. (1975). Estimation methods for models of spatial interaction. Journal of the American Statistical "
     "Association 70(349), 120–126. doi:10.1080/01621459.1975.10480272"},
    {"Owen 1995",
     "Owen, A. B. (1995). Randomly permuted (t, m, s)-nets and (t, s)-sequences. In Niederreiter, H. & Shiue, P. J.-S. "
     "(eds), Monte Carlo and Quasi-Monte Carlo Methods in Scientific Computing, 299–317. Springer. "
     "doi:10.1007/978-1-4612-2552-2_19"},
    {"Owen 2007",
     "Owen, A. B. (2007). The pigeonhole bootstrap. Annals of Applied Statistics 1(2), 386–411. "
     "doi:10.1214/07-AOAS122"},
    {"Peterson & Mahajan 1978",
     "Peterson, R. A. & Mahajan, V. (1978). Multi-product growth models. In: Sheth, J. (ed.), Research in Marketing 1, "
     "201–231. JAI Press"},
    {"Prentice & Gloeckler 1978",
     "Prentice, R. L. & Gloeckler, L. A. (1978). Regression analysis of grouped survival data with application to "
     "breast cancer data. Biometrics 34(1), 57–67. doi:10.2307/2529588"},
    {"Rice & Rogers 1980",
     "Rice, R. E. & Rogers, E. M. (1980). Reinvention in the innovation process. Knowledge 1(4), 499–514. "
     "doi:10.1177/107554708000100402"},
    {"Robert et al. 2011",
     "Robert, C. P., Cornuet, J.-M., Marin, J.-M. & Pillai, N. S. (2011). Lack of confidence in "
     "approximate Bayesian computation model choice. Proceedings of the National Academy of Sciences "
     "108(37), 15112–15117. doi:10.1073/pnas.1102900108"},
    {"Rogers 2003", "Rogers, E. M. (2003). Diffusion of Innovations, 5th edition. Free Press"},
    {"Salmon et al. 2011",
     "Salmon, J. K., Moraes, M. A., Dror, R. O. & Shaw, D. E. (2011). Parallel random numbers: As easy as 1, 2, 3. "
     "Proceedings of SC '11. doi:10.1145/2063384.2063405"},
    {"Saltelli 2002",
     "Saltelli, A. (2002). Making best use of model evaluations to compute sensitivity indices. Computer Physics "
     "Communications 145(2), 280–297. doi:10.1016/S0010-4655(02)00280-1"},
    {"Saltelli et al. 2010",
     "Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M. & Tarantola, S. (2010). Variance based "
     "sensitivity analysis of model output. Design and estimator for the total sensitivity index. Computer Physics "
     "Communications 181(2), 259–270. doi:10.1016/j.cpc.2009.09.018"},
    {"Sellke 1983",
     "Sellke, T. (1983). On the asymptotic distribution of the size of a stochastic epidemic. Journal of Applied "
     "Probability 20(2), 390–394. doi:10.2307/3213811"},
    {"Shalizi & Thomas 2011",
     "Shalizi, C. R. & Thomas, A. C. (2011). Homophily and contagion are generically confounded in observational "
     "social network studies. Sociological Methods & Research 40(2), 211–239. doi:10.1177/0049124111404820"},
    {"Shipan & Volden 2008",
     "Shipan, C. R. & Volden, C. (2008). The mechanisms of policy diffusion. American Journal of Political Science "
     "52(4), 840–857. doi:10.1111/j.1540-5907.2008.00346.x"},
    {"Simmons & Elkins 2004",
     "Simmons, B. A. & Elkins, Z. (2004). The globalization of liberalization: Policy diffusion in the international "
     "political economy. American Political Science Review 98(1), 171–189. doi:10.1017/S0003055404001078"},
    {"Sobol' 1967",
     "Sobol', I. M. (1967). On the distribution of points in a cube and the approximate evaluation of integrals. USSR "
     "Computational Mathematics and Mathematical Physics 7(4), 86–112. doi:10.1016/0041-5553(67)90144-9"},
    {"Sobol' 1993",
     "Sobol', I. M. (1993). Sensitivity estimates for nonlinear mathematical models. Mathematical Modelling and "
     "Computational Experiment 1(4), 407–414"},
    {"Srinivasan & Mason 1986",
     "Srinivasan, V. & Mason, C. H. (1986). Nonlinear least squares estimation of new product diffusion models. "
     "Marketing Science 5(2), 169–178. doi:10.1287/mksc.5.2.169"},
    {"Strang & Tuma 1993",
     "Strang, D. & Tuma, N. B. (1993). Spatial and temporal heterogeneity in diffusion. American Journal of Sociology "
     "99(3), 614–639. doi:10.1086/230318"},
    {"Toni & Stumpf 2010",
     "Toni, T. & Stumpf, M. P. H. (2010). Simulation-based model selection for dynamical systems in "
     "systems and population biology. Bioinformatics 26(1), 104–110. "
     "doi:10.1093/bioinformatics/btp619"},
    {"Toni et al. 2009",
     "Toni, T., Welch, D., Strelkowa, N., Ipsen, A. & Stumpf, M. P. H. (2009). Approximate Bayesian "
     "computation scheme for parameter inference and model selection in dynamical systems. Journal of "
     "the Royal Society Interface 6(31), 187–202. doi:10.1098/rsif.2008.0172"},
    {"Valente 1995", "Valente, T. W. (1995). Network Models of the Diffusion of Innovations. Hampton Press"},
    {"Valente 1996",
     "Valente, T. W. (1996). Social network thresholds in the diffusion of innovations. Social Networks 18(1), 69–89. "
     "doi:10.1016/0378-8733(95)00256-1"},
    {"Valente et al. 2015",
     "Valente, T. W., Dyal, S. R., Chu, K.-H., Wipfli, H. & Fujimoto, K. (2015). Diffusion of innovations theory "
     "applied to global tobacco control treaty ratification. Social Science & Medicine 145, 89–97. "
     "doi:10.1016/j.socscimed.2015.10.001"},
    {"Vaupel, Manton & Stallard 1979",
     "Vaupel, J. W., Manton, K. G. & Stallard, E. (1979). The impact of heterogeneity in individual frailty on the "
     "dynamics of mortality. Demography 16(3), 439–454. doi:10.2307/2061224"},
    {"Volden 2006",
     "Volden, C. (2006). States as policy laboratories: Emulating success in the Children's Health Insurance Program. "
     "American Journal of Political Science 50(2), 294–312. doi:10.1111/j.1540-5907.2006.00185.x"},
    {"Volden, Ting & Carpenter 2008",
     "Volden, C., Ting, M. M. & Carpenter, D. P. (2008). A formal model of learning and policy diffusion. American "
     "Political Science Review 102(3), 319–332. doi:10.1017/S0003055408080271"},
    {"Walker 1969",
     "Walker, J. L. (1969). The diffusion of innovations among the American states. American Political Science Review "
     "63(3), 880–899. doi:10.2307/1954434"},
    {"Watts & Strogatz 1998",
     "Watts, D. J. & Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. Nature 393, 440–442. "
     "doi:10.1038/30918"},
    {"Watts 2002",
     "Watts, D. J. (2002). A simple model of global cascades on random networks. Proceedings of the National Academy "
     "of "
     "Sciences 99(9), 5766–5771. doi:10.1073/pnas.082090499"},
    {"Wright 1936",
     "Wright, T. P. (1936). Factors affecting the cost of airplanes. Journal of the Aeronautical Sciences 3(4), "
     "122–128. doi:10.2514/8.155"},
};

}  // namespace

std::span<Work const> bibliography() noexcept {
  return works;
}

Work const* find_work(std::string_view key) noexcept {
  auto const* found = std::ranges::find(works, key, &Work::key);
  return found == std::end(works) ? nullptr : found;
}

std::vector<std::string_view> keys_in(std::string_view source) {
  std::vector<std::string_view> keys;
  while (!source.empty()) {
    std::size_t const end = std::min(source.find(';'), source.size());
    std::string_view key = source.substr(0, end);
    key.remove_prefix(std::min(key.find_first_not_of(' '), key.size()));
    while (key.ends_with(' ')) key.remove_suffix(1);
    if (!key.empty()) keys.push_back(key);
    source.remove_prefix(std::min(end + 1, source.size()));
  }
  return keys;
}

std::string bibliography_markdown(std::span<Work const> list) {
  std::string text;
  for (Work const& each : list) text += fmt::format("- {}.\n", each.full);
  return text;
}

}  // namespace hansa
