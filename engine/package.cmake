# What `cmake --install` lays down: headers, the rooms' libraries, the program, and the package for find_package(hansa).
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/hansa)

foreach(room IN LISTS HANSA_ROOMS)
  set_target_properties(hansa_${room} PROPERTIES EXPORT_NAME ${room})
  list(APPEND hansa_installed hansa_${room})
endforeach()
if(TARGET hansa_engine)
  set_target_properties(hansa_engine PROPERTIES EXPORT_NAME engine)
  list(APPEND hansa_installed hansa_engine)
endif()
install(TARGETS ${hansa_installed} EXPORT hansaTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hansa)
if(TARGET hansa)
  install(TARGETS hansa RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hansa
        FILES_MATCHING PATTERN "*.hpp" PATTERN cli EXCLUDE)

configure_package_config_file(hansaConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/hansaConfig.cmake
                              INSTALL_DESTINATION ${package_folder} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/hansaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT hansaTargets NAMESPACE hansa:: DESTINATION ${package_folder})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/hansaConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/hansaConfigVersion.cmake
        DESTINATION ${package_folder})
